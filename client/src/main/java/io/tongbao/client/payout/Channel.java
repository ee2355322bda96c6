package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way that a payout goes, as queries and files call it. Specification §2.1 (4). */
public enum Channel {
  @JsonProperty("银行卡")
  BANK_CARD("银行卡"),
  @JsonProperty("支付宝")
  ALIPAY("支付宝"),
  @JsonProperty("微信")
  WECHAT("微信");

  private final String words;

  Channel(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

package io.tongbao.server.payment;

import java.util.Arrays;

/** More about a payout's status. Specification payout, appendix 2. */
public enum PayoutDetail {
  NONE(0, "成功"),
  PACKET_WAITING(27, "微信红包待领取"),
  SYSTEM_PAID(111, "系统打款成功"),
  BROKER_PAID(112, "经纪公司打款成功"),
  SYSTEM_FAILED(211, "系统打款失败"),
  BROKER_FAILED(212, "经纪公司打款失败"),
  BOTH_FAILED(213, "系统打款和经纪公司打款都失败"),
  ALIPAY_UNKNOWN(261, "支付宝账号错误"),
  ALIPAY_NAME(262, "支付宝账号与姓名不匹配"),
  IDENTITY_MISSING(265, "身份证号或收款户名不可以为空"),
  ALIPAY_LIMITED(266, "支付宝账号受限"),
  WXPAY_UNKNOWN(271, "微信账号错误"),
  WXPAY_RISK(273, "此请求可能存在风险,已被微信拦截"),
  WXPAY_COUNT(274, "该用户今日领取红包个数超过限额"),
  WXPAY_AMOUNT(275, "微信红包发送红包金额不在限额范围内"),
  WXPAY_APP(277, "OpenID和AppID不匹配"),
  WXPAY_OFTEN(278, "微信红包超过频率限制,请稍后重试");

  private final int code;
  private final String words;

  PayoutDetail(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The appendix's number. */
  public int code() {
    return code;
  }

  /** The appendix's words. */
  public String words() {
    return words;
  }

  public static PayoutDetail ofCode(int code) {
    return Arrays.stream(values())
        .filter(each -> each.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no payout detail " + code));
  }

  /** What a channel's refusal means: the appendix's number in its code, or plainly failed. */
  static PayoutDetail ofRefusal(String code, PayoutDetail otherwise) {
    return Arrays.stream(values())
        .filter(each -> each.code > SYSTEM_FAILED.code && String.valueOf(each.code).equals(code))
        .findFirst()
        .orElse(otherwise);
  }
}

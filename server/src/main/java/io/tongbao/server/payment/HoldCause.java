package io.tongbao.server.payment;

/** Why a payout is held (挂单). Specification payout chapter 2, section 4. */
public enum HoldCause {
  BALANCE("账户余额不足"),
  DAY_LIMIT("超过单日限额,次日自动打款"),
  MAINTENANCE("通道维护"),
  TAX_AVERAGE("月人均打款金额超过合同约定"),
  TAX_PERSON("单人月打款金额超过合同约定");

  private final String words;

  HoldCause(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

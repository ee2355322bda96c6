package io.tongbao.server.payment;

import java.util.Arrays;

/** Where a payout is in its {@link PayoutLife}. Specification payout, appendix 1. */
public enum PayoutStatus {
  DELETED(-1, "删除"),
  ACCEPTED(0, "已受理"),
  PAID(1, "已打款"),
  FAILED(2, "打款失败"),
  HELD(4, "待打款(暂停处理)"),
  /** The channel was asked, and its answer is still to come. */
  PAYING(5, "打款中(状态未知)"),
  READY(8, "待打款"),
  RETURNED(9, "打款失败(已退款,退汇或者冲正)"),
  /** One of two red packets was taken, the other was not. */
  PARTLY(11, "部分成功"),
  CANCELLED(15, "取消支付"),
  NOTHING_TO_PAY(18, "无需付款");

  private final int code;
  private final String words;

  PayoutStatus(int code, String words) {
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

  /** Whether nothing happens to it any more; what is paid, wholly or partly, may come back. */
  public boolean isTerminal() {
    return switch (this) {
      case DELETED, FAILED, RETURNED, CANCELLED, NOTHING_TO_PAY -> true;
      case ACCEPTED, PAID, PARTLY, HELD, PAYING, READY -> false;
    };
  }

  /** Whether the payout has come to its result. */
  public boolean isFinal() {
    return isTerminal() || this == PAID || this == PARTLY;
  }

  /** Whether it ended without having been paid. */
  boolean endedUnpaid() {
    return switch (this) {
      case DELETED, FAILED, CANCELLED, NOTHING_TO_PAY -> true;
      case ACCEPTED, PAID, HELD, PAYING, READY, RETURNED, PARTLY -> false;
    };
  }

  public static PayoutStatus ofCode(int code) {
    return Arrays.stream(values())
        .filter(each -> each.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no payout status " + code));
  }
}

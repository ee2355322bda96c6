package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import java.util.Arrays;

/**
 * What collected money is for: the trade code that takes it in and the one that pays it out.
 * Specification escrow §6.15.
 */
public enum Trade {
  INVESTMENT("1001", "2001"),
  REPAYMENT("1002", "2002"),
  CLAIM("1003", "2003"),
  AUTOMATIC_INVESTMENT("1004", "2004"),
  AUTOMATIC_REPAYMENT("1005", "2005"),
  THIRD_PARTY_REPAYMENT("1006", "2006"),
  REIMBURSEMENT("1007", "2007"),
  SALE("3001", "4001"),
  COMMISSION("3002", "4002");

  private final String collection;
  private final String disbursement;

  Trade(String collection, String disbursement) {
    this.collection = collection;
    this.disbursement = disbursement;
  }

  /** The code of orders that take the money in. */
  public String collection() {
    return collection;
  }

  /** The code of orders that pay it out. */
  public String disbursement() {
    return disbursement;
  }

  /** Whether members invest with it: then a bid's limits count. */
  public boolean invests() {
    return this == INVESTMENT || this == AUTOMATIC_INVESTMENT;
  }

  /** The trade whose money orders of this code take in. */
  public static Trade ofCollection(String code) {
    return Arrays.stream(values())
        .filter(trade -> trade.collection.equals(code))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Refusal.Reason.TRADE_TYPE_UNKNOWN, "tradeCode"));
  }

  /** The trade whose money orders of this code pay out. */
  public static Trade ofDisbursement(String code) {
    return Arrays.stream(values())
        .filter(trade -> trade.disbursement.equals(code))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Refusal.Reason.TRADE_TYPE_UNKNOWN, "tradeCode"));
  }
}

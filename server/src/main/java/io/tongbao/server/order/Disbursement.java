package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * 托管代付: what a disbursement is besides an order. Row of table {@code disbursement}. Specification
 * escrow §4.2.6.
 *
 * @param target the bank account that the money goes on to; absent: it stays in the balance
 * @param hold the ledger hold on the intermediate account while the bank decides
 */
public record Disbursement(Trade trade, Ware ware, @Nullable Target target, @Nullable Long hold) {

  /**
   * The bank account that money goes on to. Specification escrow §5.12.
   *
   * @param amount fen that reach it
   */
  public record Target(Payee payee, Money amount, Speed speed) {}
}

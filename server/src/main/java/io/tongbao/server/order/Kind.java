package io.tongbao.server.order;

/** What an order does with money. Specification escrow §6.19. */
public enum Kind {
  DEPOSIT,
  PURCHASE,
  WITHDRAWAL,
  COLLECTION,
  DISBURSEMENT,
  BATCH_DISBURSEMENT,
  REFUND
}

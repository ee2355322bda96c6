package io.tongbao.server.member;

/** Whether a card spends what is there or what is lent. Escrow specification §6.5. */
public enum CardType {
  DEBIT,
  CREDIT
}

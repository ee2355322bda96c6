package io.tongbao.server.order;

/** How the payer proves that he means it. Specification escrow §6.20. */
public enum Confirmation {
  NONE,
  SMS_CODE,
  PASSWORD
}

package io.tongbao.server.member;

/**
 * What the audit desk says to a company, or to a company's card in a person's name. Escrow
 * specification §6.12.
 */
public enum Audit {
  PENDING,
  PASSED,
  FAILED
}

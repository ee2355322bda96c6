package io.tongbao.server.member;

/**
 * What a member may do. A person is active from the start; a company waits for the audit desk.
 * Escrow specification §6.11.
 */
public enum MemberState {
  ACTIVE,
  AUDIT_FAILED,
  LOCKED,
  AWAITING_AUDIT
}

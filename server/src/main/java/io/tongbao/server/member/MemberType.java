package io.tongbao.server.member;

/** Whether a member is a company or a person. Escrow specification §6.3. */
public enum MemberType {
  COMPANY,
  PERSON
}

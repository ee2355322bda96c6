package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonValue;

/** Specification §6.3. */
public enum MemberType {
  COMPANY(2),
  PERSON(3);

  private final int code;

  MemberType(int code) {
    this.code = code;
  }

  @JsonValue
  public int code() {
    return code;
  }
}

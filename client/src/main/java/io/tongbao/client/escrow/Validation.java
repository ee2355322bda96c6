package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the payer proves that he means it. Specification §6.20. */
public enum Validation {
  NONE(0),
  SMS_CODE(1),
  PASSWORD(2);

  private final int code;

  Validation(int code) {
    this.code = code;
  }

  @JsonValue
  public int code() {
    return code;
  }
}

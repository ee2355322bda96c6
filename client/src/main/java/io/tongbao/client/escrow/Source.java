package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonValue;

/** The payer's device. Specification §6.9. */
public enum Source {
  MOBILE(1),
  PC(2);

  private final int code;

  Source(int code) {
    this.code = code;
  }

  @JsonValue
  public int code() {
    return code;
  }
}

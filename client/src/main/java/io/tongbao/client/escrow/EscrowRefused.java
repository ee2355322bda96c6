package io.tongbao.client.escrow;

/** The platform's signed no: nothing was changed. Codes are listed in specification §7. */
public final class EscrowRefused extends RuntimeException {
  private final String code;
  private final String reason;

  EscrowRefused(String code, String reason) {
    super(code + " " + reason);
    this.code = code;
    this.reason = reason;
  }

  /** The specification's error code, such as {@code "40014"}. */
  public String code() {
    return code;
  }

  /** What to tell a person, in Chinese. */
  public String reason() {
    return reason;
  }
}

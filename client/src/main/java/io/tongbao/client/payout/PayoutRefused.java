package io.tongbao.client.payout;

/**
 * The platform's no, with a code of specification appendix 3. Nothing was changed, but for two
 * codes: {@code 3000} may come from a fault after the work was done (ask again under the same
 * order_id), and {@code 2002} of an order or report says that the order_id is taken by another one,
 * whose ref the message names. Of a verification it says that no person can have such data.
 */
public final class PayoutRefused extends RuntimeException {
  private static final String TROUBLE = "3000";

  private final String code;
  private final String reason;

  PayoutRefused(String code, String reason) {
    super(code + " " + reason);
    this.code = code;
    this.reason = reason;
  }

  /** The specification's error code, such as {@code "2002"}. */
  public String code() {
    return code;
  }

  /** What to tell a person, in Chinese. */
  public String reason() {
    return reason;
  }

  /** Whether the same call may be answered otherwise if it is made again. */
  public boolean isTransient() {
    return code.equals(TROUBLE);
  }
}

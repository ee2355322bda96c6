package io.tongbao.client.escrow;

/**
 * No answer that can be trusted: the line broke, the time ran out, the answer was unreadable or not
 * signed by the platform. The request may have been carried out. Send it again byte for byte (see
 * {@link EscrowClient#send}) or ask for the order's state; never send it anew under another number.
 */
public final class OutcomeUnknown extends RuntimeException {
  OutcomeUnknown(String what, Throwable cause) {
    super(what, cause);
  }
}

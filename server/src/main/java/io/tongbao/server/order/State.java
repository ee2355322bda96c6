package io.tongbao.server.order;

/** Where an order is in its {@link Life}. Specification escrow §6.13. */
public enum State {
  UNPAID,
  IN_PROGRESS,
  SUCCEEDED,
  /** Succeeded, and part or all of it was given back since. */
  REFUNDED,
  FAILED,
  /** Expired before anybody confirmed it. */
  CLOSED;

  public boolean isTerminal() {
    return this == FAILED || this == CLOSED;
  }

  /** Whether the order has come to its result; a success may still be given back. */
  public boolean isFinal() {
    return isTerminal() || hasSucceeded();
  }

  public boolean hasSucceeded() {
    return this == SUCCEEDED || this == REFUNDED;
  }
}

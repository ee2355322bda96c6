package io.tongbao.server.payment;

import java.util.Locale;

/** What can happen to a payout. */
public enum PayoutEvent {
  /** The data, or the day's count, does not allow it. */
  REJECTED,
  /** Something stands in the way for a while; see {@link HoldCause}. */
  HELD,
  /** Checked, and to be paid. */
  CLEARED,
  /** The amount is zero. */
  EMPTY,
  /** The cause of the hold has ended, or an operator lets it go. */
  RELEASED,
  /** An operator or the dealer does not want it paid. */
  CANCELLED,
  DELETED,
  /** The channel is asked. */
  ASKED,
  /** The channel has sent it; a red packet may still have to be taken. */
  SENT,
  /** All red packets were taken. */
  TAKEN,
  /** The channel refuses. */
  DECLINED,
  /** One of two red packets came to nothing. */
  HALVED,
  /** The money came back. */
  GIVEN_BACK;

  /** What the payout's path calls it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

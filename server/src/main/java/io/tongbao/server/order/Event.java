package io.tongbao.server.order;

/** What can happen to an order. */
public sealed interface Event {

  /** What the order's path calls it. */
  default String name() {
    return switch (this) {
      case Confirmed _ -> "confirmed";
      case Settled _ -> "settled";
      case Declined _ -> "declined";
      case Expired _ -> "expired";
      case GivenBack _ -> "given back";
    };
  }

  /** The payer proved himself, and a channel must still say yes. */
  record Confirmed() implements Event {}

  /** All the money has moved. */
  record Settled() implements Event {}

  /** It will never happen; the reason is for people, in Chinese. */
  record Declined(String reason) implements Event {}

  /** Nobody confirmed it in time. */
  record Expired() implements Event {}

  /** Money of a succeeded order was given back: a refund, or a payout that the bank returned. */
  record GivenBack() implements Event {}
}

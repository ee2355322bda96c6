package io.tongbao.server.order;

/** What can happen to an order. */
public sealed interface Event {

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

package io.tongbao.client.payout;

/**
 * No answer: the line broke, the time ran out (30 seconds, chapter 5 §1), or what came was
 * unreadable. An order may have been taken in. Call again with the same order_id and the same
 * content, as often as it takes: an order_id is paid once, and a repetition is answered as the
 * first call was. Never send the same payment under a new order_id. {@link
 * PayoutClient#callPatiently} does so.
 */
public final class OutcomeUnknown extends RuntimeException {
  OutcomeUnknown(String what, Throwable cause) {
    super(what, cause);
  }
}

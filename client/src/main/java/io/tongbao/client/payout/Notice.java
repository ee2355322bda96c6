package io.tongbao.client.payout;

import io.tongbao.client.payout.OrderCalls.OrderState;
import java.time.Instant;

/**
 * What the platform told by itself: an order was paid, failed or came back. Specification §2.1 (5).
 * Answer it with the seven characters {@code success} ({@link #DONE}); anything else brings it
 * again, eight times at most, with the same {@code id}.
 *
 * @param id notify_id: the same for each attempt
 * @param at when the order came to this state
 */
public record Notice(String id, Instant at, OrderState order) {
  /** What to answer. */
  public static final String DONE = io.tongbao.wire.payout.PayoutNotice.DONE;
}

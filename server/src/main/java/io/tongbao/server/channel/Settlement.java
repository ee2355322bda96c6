package io.tongbao.server.channel;

import java.time.Instant;

/**
 * The port through which an order hears what became of its request. Answers come in the order of
 * the request's life: settled or declined once, and returned only after settled.
 */
public interface Settlement {

  /** Whether requests with this {@link ChannelRequest#owner()} are this settlement's. */
  boolean handles(String owner);

  /**
   * Moves the order, its money and the request in one {@link io.tongbao.ledger.Change}, which must
   * contain {@link ChannelRequests#closing}: that write lets only one of many equal answers
   * through.
   *
   * @param now the merchant's clock
   */
  Applied apply(ChannelRequest request, Answer.Final answer, Instant now);
}

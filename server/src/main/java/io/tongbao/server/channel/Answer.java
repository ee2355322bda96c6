package io.tongbao.server.channel;

/**
 * What a channel said. {@link Unknown} (a timeout, a bad signature, something unreadable) never
 * becomes a state change: it schedules a query.
 */
public sealed interface Answer {

  /** An answer that moves the order. */
  sealed interface Final extends Answer {}

  /** Done: the money has moved. */
  record Settled(String channelNo) implements Final {}

  /** Refused for good; nothing moved. The reason is for people, in Chinese. */
  record Declined(String code, String reason) implements Final {}

  /** Settled before, and now come back (退汇). */
  record Returned(String channelNo, String reason) implements Final {}

  /** Taken in; the result comes later. */
  record Accepted(String channelNo) implements Answer {}

  /** Nobody knows. */
  record Unknown(String why) implements Answer {}
}

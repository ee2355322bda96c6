package io.tongbao.server.channel;

import org.jspecify.annotations.Nullable;

/**
 * What a channel said. {@link Unknown} (a timeout, a bad signature, something unreadable) never
 * becomes a state change: it schedules a query.
 */
public sealed interface Answer {

  /** An answer that moves the order. */
  sealed interface Final extends Answer {}

  /**
   * Done: the money has moved.
   *
   * @param untaken whether it is a red packet that the payee has not taken yet: it will be settled
   *     once more when he does, or come back
   */
  record Settled(String channelNo, boolean untaken) implements Final {
    public Settled(String channelNo) {
      this(channelNo, false);
    }
  }

  /** Refused for good; nothing moved. The reason is for people, in Chinese. */
  record Declined(String code, String reason) implements Final {}

  /** Settled before, and now come back (退汇). */
  record Returned(String channelNo, String reason) implements Final {}

  /**
   * Taken in; the result comes later.
   *
   * @param voucher what the payer pays with elsewhere, where it needs something: a code for a
   *     terminal, a text for his wallet
   */
  record Accepted(String channelNo, @Nullable String voucher) implements Answer {
    public Accepted(String channelNo) {
      this(channelNo, null);
    }
  }

  /** Nobody knows. */
  record Unknown(String why) implements Answer {}
}

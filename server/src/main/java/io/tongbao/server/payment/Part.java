package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of a channel for a payout: all of it, or one of two red packets.
 *
 * @param rebate what of the fee goes back to the dealer's rebate balance
 * @param hold the ledger hold of amount and fee until the channel has answered
 * @param request the channel request's row id, which is also our number at the channel
 * @param detail why it failed
 * @param channelNo the channel's number
 */
public record Part(
    Side side,
    Money amount,
    Money fee,
    Money rebate,
    long hold,
    long request,
    State state,
    PayoutDetail detail,
    @Nullable String channelNo) {

  /** Whose money goes by this part. */
  public enum Side {
    SYSTEM,
    BROKER
  }

  /** How far it has come. */
  public enum State {
    ASKED,
    /** A red packet that was sent and not taken yet. */
    SENT,
    TAKEN,
    FAILED,
    RETURNED;

    /** Whether its end is still to come. */
    boolean isOpen() {
      return this == ASKED || this == SENT;
    }

    /** Whether it came to nothing. */
    boolean isVain() {
      return this == FAILED || this == RETURNED;
    }
  }

  Part with(State newState, PayoutDetail newDetail) {
    return new Part(side, amount, fee, rebate, hold, request, newState, newDetail, channelNo);
  }
}

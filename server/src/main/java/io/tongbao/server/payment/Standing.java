package io.tongbao.server.payment;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a payout stands: all of it that changes.
 *
 * @param hold why it is held, in status 4
 * @param timesHeld how often it was held
 * @param taxWaived whether an operator let it go in spite of the month's limits
 * @param reserved what it takes of limits
 * @param finishedAt when it came to its result first, on the merchant's clock
 */
public record Standing(
    PayoutStatus status,
    PayoutDetail detail,
    @Nullable Hold hold,
    int timesHeld,
    boolean taxWaived,
    Reserved reserved,
    @Nullable Instant finishedAt) {

  /**
   * Why it is held.
   *
   * @param until when the cause ends by itself; null where nobody knows
   * @param staged whether an amount with a meaning asked for it (sandbox)
   */
  public record Hold(HoldCause cause, @Nullable Instant until, boolean staged) {}

  /**
   * What it takes of limits.
   *
   * @param day the day whose limit it takes room of
   * @param queued whether it was accepted beyond its first day's limit
   * @param month the first day of the month whose limits it counts in
   */
  public record Reserved(@Nullable LocalDate day, boolean queued, @Nullable LocalDate month) {
    static final Reserved NOTHING = new Reserved(null, false, null);

    Reserved on(LocalDate newDay) {
      return new Reserved(newDay, queued, month);
    }

    Reserved in(@Nullable LocalDate newMonth) {
      return new Reserved(day, queued, newMonth);
    }
  }

  static Standing accepted(Reserved reserved) {
    return new Standing(PayoutStatus.ACCEPTED, PayoutDetail.NONE, null, 0, false, reserved, null);
  }

  /** The same in another status; what is final is finished then, unless it was before. */
  Standing to(PayoutStatus next, PayoutDetail why, Instant at) {
    Instant finished = finishedAt == null && next.isFinal() ? at : finishedAt;
    return new Standing(next, why, null, timesHeld, taxWaived, reserved, finished);
  }

  Standing held(Hold newHold) {
    return new Standing(
        PayoutStatus.HELD,
        PayoutDetail.NONE,
        newHold,
        timesHeld + 1,
        taxWaived,
        reserved,
        finishedAt);
  }

  Standing reserving(Reserved newReserved) {
    return new Standing(status, detail, hold, timesHeld, taxWaived, newReserved, finishedAt);
  }

  Standing waivingTax() {
    return new Standing(status, detail, hold, timesHeld, true, reserved, finishedAt);
  }
}

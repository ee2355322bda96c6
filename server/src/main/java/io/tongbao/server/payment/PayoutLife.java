package io.tongbao.server.payment;

import static io.tongbao.server.payment.PayoutStatus.ACCEPTED;
import static io.tongbao.server.payment.PayoutStatus.HELD;
import static io.tongbao.server.payment.PayoutStatus.PAID;
import static io.tongbao.server.payment.PayoutStatus.PARTLY;
import static io.tongbao.server.payment.PayoutStatus.PAYING;
import static io.tongbao.server.payment.PayoutStatus.READY;

/**
 * The life of a payout, all of it. The specification's figure is lost; this is the one of a later
 * edition: 0→{2,4,8,15,18,−1}, 8→{2,4,5}, 4→{8,15,−1}, 5→{1,2}, 1→{1,9,11}, 11→9. Specification
 * payout chapter 3 and appendix 1.
 */
public final class PayoutLife {
  private PayoutLife() {}

  /** What an event does to a payout in a status. */
  public sealed interface Step {}

  /** The payout goes on (from PAID to PAID where its red packet was taken). */
  public record Move(PayoutStatus to) implements Step {}

  /** The news is old; nothing changes. */
  public record Stay() implements Step {}

  /** This cannot be: somebody must look at it. */
  public record Contradiction(String why) implements Step {}

  public static Step step(PayoutStatus status, PayoutEvent event) {
    return switch (event) {
      case REJECTED -> either(status, event, ACCEPTED, READY, PayoutStatus.FAILED);
      case HELD -> either(status, event, ACCEPTED, READY, HELD);
      case CLEARED -> only(status, event, ACCEPTED, READY);
      case EMPTY -> only(status, event, ACCEPTED, PayoutStatus.NOTHING_TO_PAY);
      case RELEASED -> only(status, event, HELD, READY);
      case CANCELLED -> either(status, event, ACCEPTED, HELD, PayoutStatus.CANCELLED);
      case DELETED -> either(status, event, ACCEPTED, HELD, PayoutStatus.DELETED);
      case ASKED -> only(status, event, READY, PAYING);
      case SENT -> only(status, event, PAYING, PAID);
      case TAKEN -> only(status, event, PAID, PAID);
      case DECLINED -> only(status, event, PAYING, PayoutStatus.FAILED);
      case HALVED -> only(status, event, PAID, PARTLY);
      case GIVEN_BACK -> either(status, event, PAID, PARTLY, PayoutStatus.RETURNED);
    };
  }

  private static Step only(
      PayoutStatus status, PayoutEvent event, PayoutStatus from, PayoutStatus to) {
    return either(status, event, from, from, to);
  }

  private static Step either(
      PayoutStatus status,
      PayoutEvent event,
      PayoutStatus from,
      PayoutStatus orFrom,
      PayoutStatus to) {
    if (status == from || status == orFrom) {
      return new Move(to);
    }
    if (status == to) {
      return new Stay();
    }
    return new Contradiction("a payout in status " + status.code() + " was " + event.words());
  }
}

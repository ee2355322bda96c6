package io.tongbao.server.payment;

import static io.tongbao.server.payment.Part.State.ASKED;
import static io.tongbao.server.payment.Part.State.FAILED;
import static io.tongbao.server.payment.Part.State.RETURNED;
import static io.tongbao.server.payment.Part.State.TAKEN;

import io.tongbao.server.payment.Part.Side;
import java.util.List;

/**
 * What a payout's parts come to: the two tables of the specification (TPT: one part; PGT: the
 * system's and the broker's), and the cases that they leave out. Specification payout chapter 5,
 * 2.1 3).
 */
record PartsResult(PayoutStatus status, PayoutDetail detail) {

  static PartsResult of(List<Part> parts) {
    if (parts.stream().allMatch(part -> part.state() == TAKEN)) {
      return new PartsResult(PayoutStatus.PAID, PayoutDetail.NONE);
    }
    if (parts.stream().allMatch(part -> part.state().isVain())) {
      return inVain(parts);
    }
    boolean waiting = parts.stream().anyMatch(part -> part.state().isOpen());
    if (waiting) {
      boolean sent =
          parts.stream().anyMatch(part -> part.state() != ASKED && part.state() != FAILED);
      return sent
          ? new PartsResult(PayoutStatus.PAID, PayoutDetail.PACKET_WAITING)
          : new PartsResult(PayoutStatus.PAYING, PayoutDetail.NONE);
    }
    return new PartsResult(PayoutStatus.PARTLY, half(parts));
  }

  private static PartsResult inVain(List<Part> parts) {
    if (parts.stream().anyMatch(part -> part.state() == RETURNED)) {
      return new PartsResult(PayoutStatus.RETURNED, PayoutDetail.BOTH_FAILED);
    }
    return new PartsResult(
        PayoutStatus.FAILED,
        parts.size() == 1 ? parts.getFirst().detail() : PayoutDetail.BOTH_FAILED);
  }

  /** One was taken; the other came back (111, 112) or was never sent (211, 212). */
  private static PayoutDetail half(List<Part> parts) {
    Part vain = parts.stream().filter(part -> part.state().isVain()).findFirst().orElseThrow();
    boolean back = vain.state() == RETURNED;
    if (vain.side() == Side.SYSTEM) {
      return back ? PayoutDetail.BROKER_PAID : PayoutDetail.SYSTEM_FAILED;
    }
    return back ? PayoutDetail.SYSTEM_PAID : PayoutDetail.BROKER_FAILED;
  }

  /** The events that lead a payout from where it is to this; none where it is there. */
  List<PayoutEvent> from(PayoutStatus now, PayoutDetail why) {
    if (now == status) {
      boolean taken = status == PayoutStatus.PAID && detail != why;
      return taken ? List.of(PayoutEvent.TAKEN) : List.of();
    }
    return switch (status) {
      case PAID -> List.of(PayoutEvent.SENT);
      case FAILED -> List.of(PayoutEvent.DECLINED);
      case PARTLY ->
          now == PayoutStatus.PAYING
              ? List.of(PayoutEvent.SENT, PayoutEvent.HALVED)
              : List.of(PayoutEvent.HALVED);
      case RETURNED -> List.of(PayoutEvent.GIVEN_BACK);
      case DELETED, ACCEPTED, HELD, PAYING, READY, CANCELLED, NOTHING_TO_PAY ->
          throw new IllegalStateException("parts lead to " + status);
    };
  }
}

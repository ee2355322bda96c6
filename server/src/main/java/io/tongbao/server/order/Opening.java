package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Member;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules that every order's opening follows. Specification escrow §4.2.1 to §4.2.5. */
final class Opening {
  /** 订单最长时效. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** How far a merchant's clock may be ahead of ours: what requests' timestamps are allowed. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private Opening() {}

  /** The unpaid order that a draft asks for. */
  static Order order(Draft draft) {
    return order(draft, State.UNPAID);
  }

  /** The order that a draft asks for. */
  static Order order(Draft draft, State state) {
    checkAmounts(draft.amount(), draft.fee());
    checkPayer(draft);
    return new Order(
        draft.merchant().id(),
        Ids.next(),
        draft.kind(),
        draft.number(),
        number(),
        state,
        draft.payer().id(),
        draft.account(),
        draft.amount(),
        draft.fee(),
        draft.confirmation(),
        Money.ZERO,
        Money.ZERO,
        draft.terms(),
        draft.fingerprint(),
        null,
        0,
        draft.now(),
        expiry(draft.expiresAt(), draft.now()),
        null);
  }

  /** A number of ours: nobody can guess how it begins, and no two are alike. */
  static String number() {
    return Ids.twentyDigits();
  }

  static void checkAmounts(Money amount, Money fee) {
    if (!amount.isPositive() || amount.isMoreThan(Money.MAX)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
    }
    if (fee.isNegative()) {
      throw Refusal.of(Reason.BAD_AMOUNT, "fee");
    }
    if (fee.isMoreThan(amount)) {
      throw Refusal.of(Reason.FEE_OVER_AMOUNT, "fee");
    }
  }

  private static void checkPayer(Draft draft) {
    draft.payer().requireActive().requirePhone();
    boolean byPassword = draft.confirmation() == Confirmation.PASSWORD;
    if (byPassword && !draft.payer().passwordSet()) {
      throw Refusal.of(Reason.PASSWORD_CONFIRMATION_NOT_ENABLED, "validateType");
    }
  }

  /** Refuses to let an order be confirmed that is not, or no longer, to be confirmed. */
  static void checkPayable(Member payer, Order order, Instant now) {
    payer.requireActive().requirePhone();
    switch (order.state()) {
      case UNPAID -> {}
      case CLOSED -> throw Refusal.of(Reason.ORDER_CLOSED, order.number());
      case IN_PROGRESS, SUCCEEDED, REFUNDED, FAILED ->
          throw Refusal.of(Reason.ORDER_NOT_UNPAID, order.number());
    }
    if (!now.isBefore(order.expiresAt())) {
      throw Refusal.of(Reason.ORDER_EXPIRED, order.number());
    }
  }

  /** Refuses a time that is over or more than 24 hours ahead (a fast clock is forgiven). */
  static Instant expiry(@Nullable Instant wanted, Instant now) {
    Instant latest = now.plus(LONGEST);
    if (wanted == null) {
      return latest;
    }
    if (!wanted.isAfter(now)) {
      throw Refusal.of(Reason.ORDER_EXPIRED, "ordErexpireDatetime");
    }
    if (wanted.isAfter(latest.plus(SKEW))) {
      throw Refusal.of(Reason.BAD_FIELD, "ordErexpireDatetime");
    }
    return wanted.isAfter(latest) ? latest : wanted;
  }
}

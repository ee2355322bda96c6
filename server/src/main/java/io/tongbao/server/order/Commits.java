package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.member.Codes;
import org.springframework.stereotype.Component;

/** Commits changes for callers who want them done or refused: the ledger's no, as a refusal. */
@Component
public final class Commits {
  private final Ledger ledger;

  Commits(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Commits the change, or throws the {@link Refusal} that says why not. */
  public void make(Change change) {
    switch (ledger.commit(change)) {
      case Outcome.Committed _ -> {}
      case Outcome.Refused refused -> throw refusal(refused.reason());
      case Outcome.Conflict conflict -> throw refusal(conflict);
    }
  }

  /** Commits an order's payment, or throws; one that somebody else committed is refused, too. */
  public void pay(Change change) {
    switch (ledger.commit(change)) {
      case Outcome.Committed committed -> {
        if (committed.replayed()) {
          throw Refusal.of(Reason.ORDER_NOT_UNPAID);
        }
      }
      case Outcome.Refused refused -> throw refusal(refused.reason());
      case Outcome.Conflict conflict -> throw refusal(conflict);
    }
  }

  /** Commits the change if it still fits; whether it did. */
  public boolean attempt(Change change) {
    return ledger.commit(change) instanceof Outcome.Committed;
  }

  /** What the ledger's reason means to the caller of an interface. */
  public static Refusal refusal(Outcome.Reason reason) {
    return switch (reason) {
      case INSUFFICIENT -> Refusal.of(Reason.INSUFFICIENT_BALANCE);
      case ACCOUNT_LOCKED -> Refusal.of(Reason.MEMBER_LOCKED);
      case ACCOUNT_UNKNOWN -> Refusal.of(Reason.ACCOUNT_SET_UNKNOWN);
      case HOLD_UNKNOWN, HOLD_EXCEEDED -> Refusal.of(Reason.WRONG_ORDER_STATE);
      case KEY_REUSED -> Refusal.of(Reason.ORDER_EXISTS);
      case BUSY -> Refusal.of(Reason.BUSY);
    };
  }

  private static Refusal refusal(Outcome.Conflict conflict) {
    return switch (conflict.row()) {
      case Orders.NEW -> Refusal.of(Reason.ORDER_EXISTS);
      case DisbursementBatches.BATCH -> Refusal.of(Reason.ORDER_EXISTS, "bizBatchNo");
      case Orders.STATE -> Refusal.of(Reason.ORDER_NOT_UNPAID);
      case Orders.ROOM -> Refusal.of(Reason.WRONG_ORDER_AMOUNT);
      case Bids.ROOM -> Refusal.of(Reason.GOODS_OVERSUBSCRIBED, "amount");
      case Codes.ROW -> Refusal.of(Reason.WRONG_CODE, "verificationCode");
      case Codes.QUOTA -> Refusal.of(Reason.CODE_TOO_SOON, "phone");
      default -> Refusal.of(Reason.WRONG_ORDER_STATE);
    };
  }
}

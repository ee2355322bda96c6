package io.tongbao.server.payment;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The payouts of dealers: taken in at once, paid later by {@link Paying}. What an operator may do
 * about one that waits is here, too. Specification payout chapter 2, section 4, and chapter 5, 2.1.
 */
@Component
public final class Payouts {
  private final Acceptance acceptance;
  private final PayoutRows rows;
  private final PayoutMoves moves;
  private final Ledger ledger;

  Payouts(Acceptance acceptance, PayoutRows rows, PayoutMoves moves, Ledger ledger) {
    this.acceptance = acceptance;
    this.rows = rows;
    this.moves = moves;
    this.ledger = ledger;
  }

  /**
   * Takes a payout in. The same number with the same content gives the payout of the first time;
   * with another content it is refused as {@code ORDER_EXISTS} with the first one's {@code ref} as
   * its subject.
   */
  public Payout accept(PayoutDraft draft) {
    return acceptance.accept(draft);
  }

  /** The dealer's payout of that number. */
  public Optional<Payout> find(Merchant dealer, String number) {
    return rows.find(dealer.id(), number);
  }

  /** The dealer's payout with our number. */
  public Optional<Payout> byRef(Merchant dealer, String ref) {
    return rows.byRef(dealer.id(), ref);
  }

  /**
   * Lets a held payout go. What the month's limits held is paid in spite of them; what lacks money,
   * or a channel, is held again. One that waits for the next day's limit stays.
   *
   * @param now the merchant's clock
   */
  public Payout release(Merchant dealer, String number, Instant now) {
    Payout payout = require(dealer, number);
    Standing.Hold hold = payout.hold();
    if (hold == null || hold.cause() == HoldCause.DAY_LIMIT) {
      throw Refusal.of(Reason.WRONG_ORDER_STATE, "order_id");
    }
    Standing next = payout.standing().to(PayoutStatus.READY, PayoutDetail.NONE, now);
    boolean waives = hold.cause() == HoldCause.TAX_AVERAGE || hold.cause() == HoldCause.TAX_PERSON;
    return move(payout, PayoutEvent.RELEASED, waives ? next.waivingTax() : next, now);
  }

  /** Gives up a payout that was not sent to the channel yet. */
  public Payout cancel(Merchant dealer, String number, Instant now) {
    return abandon(dealer, number, PayoutEvent.CANCELLED, PayoutStatus.CANCELLED, now);
  }

  /** Marks a payout that was not sent to the channel yet as deleted. */
  public Payout delete(Merchant dealer, String number, Instant now) {
    return abandon(dealer, number, PayoutEvent.DELETED, PayoutStatus.DELETED, now);
  }

  private Payout abandon(
      Merchant dealer, String number, PayoutEvent event, PayoutStatus to, Instant now) {
    Payout payout = require(dealer, number);
    if (!(PayoutLife.step(payout.status(), event) instanceof PayoutLife.Move)) {
      throw Refusal.of(Reason.WRONG_ORDER_STATE, "order_id");
    }
    return move(payout, event, payout.standing().to(to, PayoutDetail.NONE, now), now);
  }

  private Payout move(Payout payout, PayoutEvent event, Standing next, Instant now) {
    Change change = moves.change(payout, next, List.of(event), now).build();
    if (!(ledger.commit(change) instanceof Outcome.Committed)) {
      throw Refusal.of(Reason.WRONG_ORDER_STATE, "order_id");
    }
    return rows.byId(payout.merchant(), payout.id()).orElseThrow();
  }

  private Payout require(Merchant dealer, String number) {
    return find(dealer, number).orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, "order_id"));
  }
}

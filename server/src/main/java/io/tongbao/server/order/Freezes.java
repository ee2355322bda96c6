package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A merchant's freezes of its members' money: set aside whole, let go in steps. Specification
 * escrow §4.2.15, §4.2.16.
 */
@Component
public final class Freezes {
  private static final String NEW = "new freeze";
  private static final String REST = "freeze rest";

  private static final String INSERT =
      """
      INSERT INTO member_freeze (merchant_id, number, member_id, account, amount, hold, fingerprint,
        created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String UNFREEZE =
      """
      UPDATE member_freeze SET unfrozen = unfrozen + ?
      WHERE merchant_id = ? AND number = ? AND unfrozen + ? <= amount
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;

  Freezes(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  private record Freeze(long member, long hold) {}

  /**
   * Sets part of the member's available balance aside.
   *
   * @param number the merchant's own number of the freeze
   * @param fingerprint of the merchant's request
   */
  public void freeze(
      Merchant merchant,
      Member member,
      String number,
      Money amount,
      Bytes fingerprint,
      Instant now) {
    member.requireActive();
    requireAmount(amount);
    if (find(merchant, number).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizFreezenNo");
    }
    long hold = Ids.next();
    RowWrite row =
        RowWrite.of(
            NEW,
            INSERT,
            merchant.id(),
            number,
            member.id(),
            member.account(),
            amount.fen(),
            hold,
            fingerprint.toArray(),
            now);
    commit(
        Change.at(now)
            .key(new Change.Key(merchant.id(), "freeze", number, 0, fingerprint))
            .move(new Movement.Freeze(hold, member.account(), amount.fen(), 0, "freeze"))
            .write(row)
            .build());
  }

  /**
   * Lets part of a freeze go. Has no number of its own: the same message does it once.
   *
   * @param fingerprint of the merchant's message
   */
  public void unfreeze(
      Merchant merchant,
      Member member,
      String number,
      Money amount,
      Bytes fingerprint,
      Instant now) {
    member.requireActive();
    requireAmount(amount);
    Freeze freeze =
        find(merchant, number).orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, "bizFreezenNo"));
    if (freeze.member != member.id()) {
      throw Refusal.of(Reason.ORDER_OF_ANOTHER_MEMBER, "bizFreezenNo");
    }
    RowWrite rest = RowWrite.of(REST, UNFREEZE, amount.fen(), merchant.id(), number, amount.fen());
    commit(
        Change.at(now)
            .key(new Change.Key(merchant.id(), "unfreeze", fingerprint.hex(), 0, fingerprint))
            .move(new Movement.Unfreeze(freeze.hold, amount.fen()))
            .write(rest)
            .build());
  }

  private void commit(Change change) {
    switch (ledger.commit(change)) {
      case Outcome.Committed _ -> {}
      case Outcome.Refused refused -> throw refusal(refused.reason());
      case Outcome.Conflict conflict -> throw refusal(conflict.row());
    }
  }

  private static Refusal refusal(Outcome.Reason reason) {
    return reason == Outcome.Reason.HOLD_EXCEEDED ? tooMuch() : Commits.refusal(reason);
  }

  private static Refusal refusal(String row) {
    return row.equals(NEW) ? Refusal.of(Reason.ORDER_EXISTS, "bizFreezenNo") : tooMuch();
  }

  private static Refusal tooMuch() {
    return Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
  }

  private static void requireAmount(Money amount) {
    if (!amount.isPositive() || amount.isMoreThan(Money.MAX)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
    }
  }

  private Optional<Freeze> find(Merchant merchant, String number) {
    return jdbc.sql(
            "SELECT member_id, hold FROM member_freeze WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), number)
        .query((row, _) -> new Freeze(row.getLong("member_id"), row.getLong("hold")))
        .optional();
  }
}

package io.tongbao.server.payment;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Payouts that dealers made elsewhere and tell us of. No money of ours moves, and none of them is
 * ever paid; only the numbers are one space with the payouts', so that one cannot become the other
 * (THREATS T2-1, T2-8). Specification payout chapter 5, 2.5.
 */
@Component
public final class Reports {
  private static final String TABLE = "payout_report";

  private static final String INSERT =
      """
      INSERT INTO payout_report (merchant_id, id, number, ref, channel, broker_id, pay, payee,
        anchor_id, notes, succeeded, paid_at, fingerprint, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Brokers brokers;
  private final PayeeSeal seal;
  private final PayoutRows rows;
  private final JdbcClient jdbc;
  private final Ledger ledger;

  Reports(Brokers brokers, PayeeSeal seal, PayoutRows rows, JdbcClient jdbc, Ledger ledger) {
    this.rows = rows;
    this.brokers = brokers;
    this.seal = seal;
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  /**
   * What a dealer tells.
   *
   * @param number the dealer's own (order_id), unique over payouts and reports
   * @param broker the broker's code (broker_id)
   * @param succeeded result: 1 or 2
   * @param paidAt created_at
   * @param now the merchant's clock
   */
  public record Draft(
      Merchant dealer,
      String number,
      PayoutChannel channel,
      String broker,
      Payee payee,
      Money pay,
      @Nullable String anchorId,
      @Nullable String notes,
      boolean succeeded,
      Instant paidAt,
      Instant now) {}

  /** A report as it is kept. */
  public record Report(String number, String ref, Money pay) {}

  private record Kept(Report report, Bytes fingerprint) {}

  /**
   * Keeps a report. The same number with the same content gives what is kept; with another content,
   * or where a payout has it, it is refused as {@code ORDER_EXISTS} with the first one's ref as its
   * subject.
   */
  public Report accept(Draft draft) {
    Bytes fingerprint = fingerprint(draft);
    Optional<Kept> earlier = find(draft);
    if (earlier.isPresent()) {
      return same(earlier.get(), fingerprint);
    }
    Broker broker = brokers.find(draft.dealer(), draft.broker());
    if (!draft.pay().isPositive()) {
      throw Refusal.of(
          draft.pay().isNegative() ? Reason.NEGATIVE_AMOUNT : Reason.WRONG_ORDER_AMOUNT, "pay");
    }
    Report report = new Report(draft.number(), Ids.twentyDigits(), draft.pay());
    Change change =
        Change.at(draft.now())
            .write(PayoutRows.number(draft.dealer().id(), draft.number(), "REPORT"))
            .write(insertion(draft, broker, report, fingerprint))
            .build();
    return switch (ledger.commit(change)) {
      case Outcome.Committed _ -> report;
      case Outcome.Refused _ -> throw Refusal.of(Reason.BUSY);
      case Outcome.Conflict _ ->
          find(draft)
              .map(kept -> same(kept, fingerprint))
              .orElseThrow(() -> rows.taken(draft.dealer().id(), draft.number()));
    };
  }

  private static Report same(Kept kept, Bytes fingerprint) {
    if (!kept.fingerprint().equals(fingerprint)) {
      throw Refusal.of(Reason.ORDER_EXISTS, kept.report().ref());
    }
    return kept.report();
  }

  private Optional<Kept> find(Draft draft) {
    return jdbc.sql(
            """
            SELECT number, ref, pay, fingerprint FROM payout_report
            WHERE merchant_id = ? AND number = ?
            """)
        .params(draft.dealer().id(), draft.number())
        .query((row, _) ->
            new Kept(
                new Report(
                    row.getString("number"), row.getString("ref"), Money.ofFen(row.getLong("pay"))),
                Bytes.of(row.getBytes("fingerprint"))))
        .optional();
  }

  private RowWrite insertion(Draft draft, Broker broker, Report report, Bytes fingerprint) {
    long id = Ids.next();
    return RowWrite.of(
        "report",
        INSERT,
        draft.dealer().id(),
        id,
        report.number(),
        report.ref(),
        draft.channel().name(),
        broker.id(),
        report.pay().fen(),
        seal.seal(TABLE, id, draft.payee()),
        draft.anchorId(),
        draft.notes(),
        draft.succeeded(),
        draft.paidAt(),
        fingerprint.toArray(),
        draft.now());
  }

  private Bytes fingerprint(Draft draft) {
    Payee payee = draft.payee();
    return seal.fingerprint(
        draft.dealer().id(),
        "report",
        draft.number(),
        draft.channel().name(),
        draft.broker(),
        payee.name(),
        payee.account(),
        payee.idCard(),
        payee.phone(),
        draft.pay().fen(),
        draft.anchorId(),
        draft.notes(),
        draft.succeeded(),
        draft.paidAt());
  }
}

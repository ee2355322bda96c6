package io.tongbao.server.payment;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.RowWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The payouts and their paths. Reads, and makes the row writes that a {@link
 * io.tongbao.ledger.Change} takes along: this is the only text that writes {@code payout} and
 * {@code payout_event}.
 */
@Component
final class PayoutRows {
  /** In conflict: the dealer has used the number before. */
  static final String NEW = "new payout";

  /** In conflict: something was decided about the payout since the decision read it. */
  static final String STATE = "payout status";

  private static final String TABLE = "payout";

  private static final String SELECT =
      """
      SELECT p.*, b.code AS broker_code
      FROM payout p JOIN payout_broker b ON b.merchant_id = p.merchant_id AND b.id = p.broker_id
      """;

  private static final String NUMBER =
      """
      INSERT INTO payout_number (merchant_id, number, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String INSERT =
      """
      INSERT INTO payout (merchant_id, id, number, ref, channel, broker_id, pay, fee, status,
        detail, cause, hold_until, held, due_at, payee, payee_index, person_index, name_mask,
        account_mask, account_tail, anchor_id, notes, pay_remark, notify_url, fingerprint, day,
        queued, month, created_at, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, ?)
      """;

  private static final String MOVE =
      """
      UPDATE payout SET status = ?, detail = ?, cause = ?, hold_until = ?, staged = ?, held = ?,
        tax_waived = ?, due_at = ?, day = ?, queued = ?, month = ?, finished_at = ?,
        version = version + 1
      WHERE merchant_id = ? AND id = ? AND version = ?
      """;

  private static final String EVENT =
      """
      INSERT INTO payout_event (merchant_id, payout_id, seq, from_status, to_status, detail, cause,
                                told, at)
      SELECT p.merchant, p.id, coalesce(max(e.seq), 0) + 1, p.from_status, p.to_status, p.detail,
        p.cause, p.told, greatest(p.at, max(e.at))
      FROM (VALUES (?::int, ?::bigint, ?::smallint, ?::smallint, ?::smallint, ?::text, ?::boolean,
                    ?::timestamptz))
        AS p (merchant, id, from_status, to_status, detail, cause, told, at)
      LEFT JOIN payout_event e ON e.merchant_id = p.merchant AND e.payout_id = p.id
      GROUP BY p.merchant, p.id, p.from_status, p.to_status, p.detail, p.cause, p.told, p.at
      """;

  private final JdbcClient jdbc;
  private final PayeeSeal seal;
  private final PartRows parts;

  PayoutRows(JdbcClient jdbc, PayeeSeal seal, PartRows parts) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.parts = parts;
  }

  Optional<Payout> find(int merchant, String number) {
    return jdbc.sql(SELECT + "WHERE p.merchant_id = ? AND p.number = ?")
        .params(merchant, number)
        .query(this::read)
        .optional()
        .map(this::complete);
  }

  /** The refusal of a number that a payout or a report has: it names that one's ref. */
  Refusal taken(int merchant, String number) {
    return jdbc.sql(
            """
            SELECT ref FROM payout WHERE merchant_id = ? AND number = ?
            UNION ALL
            SELECT ref FROM payout_report WHERE merchant_id = ? AND number = ?
            """)
        .params(merchant, number, merchant, number)
        .query(String.class)
        .optional()
        .map(ref -> Refusal.of(Refusal.Reason.ORDER_EXISTS, ref))
        .orElseGet(() -> Refusal.of(Refusal.Reason.ORDER_EXISTS, "order_id"));
  }

  Optional<Payout> byRef(int merchant, String ref) {
    return jdbc.sql(SELECT + "WHERE p.merchant_id = ? AND p.ref = ?")
        .params(merchant, ref)
        .query(this::read)
        .optional()
        .map(this::complete);
  }

  Optional<Payout> byId(int merchant, long id) {
    return jdbc.sql(SELECT + "WHERE p.merchant_id = ? AND p.id = ?")
        .params(merchant, id)
        .query(this::read)
        .optional()
        .map(this::complete);
  }

  private Payout complete(Payout payout) {
    return payout.with(parts.of(payout.merchant(), payout.id()));
  }

  /** Accepted or ready ones whose time has come, the oldest first. */
  List<Payout> due(int merchant, Instant now, int limit) {
    return jdbc.sql(
            SELECT
                + """
                WHERE p.merchant_id = ? AND p.status IN (0, 8) AND p.due_at <= ?
                ORDER BY p.due_at, p.id LIMIT ?
                """)
        .params(merchant, Timestamp.from(now), limit)
        .query(this::read)
        .list();
  }

  /** Looks at one again later; no decision about it, so no version. */
  void postpone(Payout payout, Instant dueAt) {
    jdbc.sql("UPDATE payout SET due_at = ? WHERE merchant_id = ? AND id = ? AND version = ?")
        .params(Timestamp.from(dueAt), payout.merchant(), payout.id(), payout.version())
        .update();
  }

  /** The write that takes a number. In conflict over {@link #NEW} where it is taken. */
  static RowWrite number(int merchant, String number, String kind) {
    return RowWrite.of(NEW, NUMBER, merchant, number, kind);
  }

  /** The writes that open a payout as accepted and move it on by the events that follow at once. */
  List<RowWrite> open(Payout payout, List<PayoutEvent> events, boolean told) {
    List<RowWrite> writes = new ArrayList<>();
    writes.add(number(payout.merchant(), payout.number(), "PAYOUT"));
    writes.add(insertion(payout));
    Payout accepted = payout.with(Standing.accepted(Standing.Reserved.NOTHING));
    writes.add(event(accepted, null, PayoutStatus.ACCEPTED, "accepted", false, payout.createdAt()));
    writes.addAll(path(payout, PayoutStatus.ACCEPTED, events, told, payout.createdAt()));
    return writes;
  }

  /**
   * The writes that move a payout by events that {@link PayoutLife} lets move it. In conflict over
   * {@link #STATE} where something was decided about it since it was read.
   *
   * @param after the payout as it will be
   * @param told whether a notice goes out with it
   */
  List<RowWrite> move(
      Payout before, Standing after, List<PayoutEvent> events, boolean told, Instant at) {
    List<RowWrite> writes = new ArrayList<>();
    Standing.Hold hold = after.hold();
    writes.add(
        RowWrite.of(
            STATE,
            MOVE,
            after.status().code(),
            after.detail().code(),
            hold == null ? null : hold.cause().name(),
            hold == null ? null : hold.until(),
            hold != null && hold.staged(),
            after.timesHeld(),
            after.taxWaived(),
            at,
            after.reserved().day(),
            after.reserved().queued(),
            after.reserved().month(),
            after.finishedAt(),
            before.merchant(),
            before.id(),
            before.version()));
    writes.addAll(path(before.with(after), before.status(), events, told, at));
    return writes;
  }

  private static List<RowWrite> path(
      Payout after, PayoutStatus from, List<PayoutEvent> events, boolean told, Instant at) {
    List<RowWrite> writes = new ArrayList<>();
    PayoutStatus status = from;
    for (int i = 0; i < events.size(); i++) {
      PayoutEvent event = events.get(i);
      if (!(PayoutLife.step(status, event) instanceof PayoutLife.Move move)) {
        throw new IllegalStateException(event + " does not move a payout in " + status);
      }
      boolean last = i == events.size() - 1;
      writes.add(event(after, status, move.to(), event.words(), told && last, at));
      status = move.to();
    }
    if (status != after.status()) {
      throw new IllegalStateException(events + " lead to " + status + ", not " + after.status());
    }
    return writes;
  }

  private static RowWrite event(
      Payout payout,
      @Nullable PayoutStatus from,
      PayoutStatus to,
      String cause,
      boolean told,
      Instant at) {
    return RowWrite.of(
        "payout event",
        EVENT,
        payout.merchant(),
        payout.id(),
        from == null ? null : from.code(),
        to.code(),
        payout.detail().code(),
        cause,
        told,
        at);
  }

  private RowWrite insertion(Payout payout) {
    Standing.Hold hold = payout.hold();
    Standing.Reserved reserved = payout.standing().reserved();
    Payout.Marks marks = payout.marks();
    return RowWrite.of(
        NEW,
        INSERT,
        payout.merchant(),
        payout.id(),
        payout.number(),
        payout.ref(),
        payout.channel().name(),
        payout.broker(),
        payout.pay().fen(),
        payout.fee().fen(),
        payout.status().code(),
        payout.detail().code(),
        hold == null ? null : hold.cause().name(),
        hold == null ? null : hold.until(),
        payout.standing().timesHeld(),
        payout.createdAt(),
        seal.seal(TABLE, payout.id(), payout.payee()),
        marks.payeeIndex().toArray(),
        marks.personIndex().toArray(),
        marks.name(),
        marks.account(),
        marks.tail(),
        payout.words().anchorId(),
        payout.words().notes(),
        payout.words().payRemark(),
        payout.notifyUrl(),
        payout.fingerprint().toArray(),
        reserved.day(),
        reserved.queued(),
        reserved.month(),
        payout.createdAt(),
        payout.finishedAt());
  }

  private Payout read(ResultSet row, int number) throws SQLException {
    int merchant = row.getInt("merchant_id");
    long id = row.getLong("id");
    return new Payout(
        merchant,
        id,
        row.getString("number"),
        row.getString("ref"),
        PayoutChannel.valueOf(row.getString("channel")),
        row.getLong("broker_id"),
        row.getString("broker_code"),
        Money.ofFen(row.getLong("pay")),
        Money.ofFen(row.getLong("fee")),
        standing(row),
        seal.open(TABLE, id, row.getBytes("payee")),
        new Payout.Marks(
            Bytes.of(row.getBytes("payee_index")),
            Bytes.of(row.getBytes("person_index")),
            row.getString("name_mask"),
            row.getString("account_mask"),
            row.getString("account_tail")),
        new PayoutDraft.Words(
            row.getString("anchor_id"), row.getString("notes"), row.getString("pay_remark")),
        row.getString("notify_url"),
        Bytes.of(row.getBytes("fingerprint")),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        List.of());
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        PayoutStatus.ofCode(row.getInt("status")),
        PayoutDetail.ofCode(row.getInt("detail")),
        hold(row),
        row.getInt("held"),
        row.getBoolean("tax_waived"),
        new Standing.Reserved(
            row.getObject("day", LocalDate.class),
            row.getBoolean("queued"),
            row.getObject("month", LocalDate.class)),
        instant(row, "finished_at"));
  }

  private static Standing.@Nullable Hold hold(ResultSet row) throws SQLException {
    String cause = row.getString("cause");
    return cause == null
        ? null
        : new Standing.Hold(
            HoldCause.valueOf(cause), instant(row, "hold_until"), row.getBoolean("staged"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}

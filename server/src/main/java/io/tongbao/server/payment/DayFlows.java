package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What went out of a dealer's accounts and came back on a day: each part of a payout on the day on
 * which the channel was asked for it, and its return on the day on which it came back. And what the
 * journal says of the same. Reads on a connection of the caller.
 */
public final class DayFlows {
  private static final int FETCHED = 1_000;

  private static final String PARTS =
      """
      SELECT r.created_at AS at, coalesce(t.booked_at, r.answered_at) AS finished_at, s.request,
        false AS back, s.state, s.amount, s.fee, s.channel_no, p.number, p.ref, p.channel,
        p.name_mask, b.code
      FROM channel_request r
      JOIN payout_part s ON s.merchant_id = r.merchant_id AND s.request = r.id
      JOIN payout p ON p.merchant_id = s.merchant_id AND p.id = s.payout_id
      JOIN payout_broker b ON b.merchant_id = p.merchant_id AND b.id = p.broker_id
      LEFT JOIN ledger_txn t ON t.merchant_id = r.merchant_id AND t.kind = ?
        AND t.number = p.ref || '-' || s.side
      WHERE r.merchant_id = ? AND r.owner = ? AND r.created_at >= ? AND r.created_at < ?
      """;

  private static final String RETURNS =
      """
      SELECT t.booked_at, t.booked_at, s.request, true, s.state, s.amount, s.fee, s.channel_no,
        p.number, p.ref, p.channel, p.name_mask, b.code
      FROM ledger_txn t
      JOIN payout p ON p.merchant_id = t.merchant_id AND p.id = t.order_id
      JOIN payout_part s ON s.merchant_id = p.merchant_id AND s.payout_id = p.id
        AND t.number = p.ref || '-' || s.side
      JOIN payout_broker b ON b.merchant_id = p.merchant_id AND b.id = p.broker_id
      WHERE t.merchant_id = ? AND t.kind = ? AND t.booked_at >= ? AND t.booked_at < ?
      """;

  private static final String ORDER = "ORDER BY at, request, back";

  private static final String JOURNAL =
      """
      SELECT e.remark, count(*) AS count, abs(sum(e.amount))::bigint AS fen
      FROM (
        SELECT t.id, t.booked_at
        FROM channel_request r
        JOIN payout_part s ON s.merchant_id = r.merchant_id AND s.request = r.id
        JOIN payout p ON p.merchant_id = s.merchant_id AND p.id = s.payout_id
        JOIN ledger_txn t ON t.merchant_id = r.merchant_id AND t.kind = ?
          AND t.number = p.ref || '-' || s.side
        WHERE r.merchant_id = ? AND r.owner = ? AND r.created_at >= ? AND r.created_at < ?
        UNION ALL
        SELECT id, booked_at FROM ledger_txn
        WHERE merchant_id = ? AND kind = ? AND booked_at >= ? AND booked_at < ?) t
      JOIN entry e ON e.txn_id = t.id AND e.booked_at = t.booked_at
      JOIN account a ON a.id = e.account_id
      WHERE a.owner_id <> 0 AND a.set_no <> 'rebate'
      GROUP BY e.remark
      """;

  private DayFlows() {}

  /**
   * A part on its way out, or back.
   *
   * @param request the part's number at the channel
   * @param back whether it came back
   * @param name the payee's, all but its first character hidden
   * @param finishedAt when the channel had answered; null until then
   */
  public record Flow(
      long request,
      boolean back,
      Part.State state,
      Money amount,
      Money fee,
      @Nullable String channelNo,
      String number,
      String ref,
      PayoutChannel channel,
      String name,
      String broker,
      Instant at,
      @Nullable Instant finishedAt) {}

  /** Takes the flows, one by one. */
  public interface Reader {
    void flow(Flow flow) throws SQLException, IOException;
  }

  /** Takes one sum of the journal: the remark of its entries tells what they are. */
  public interface Summer {
    void sum(String remark, long count, long fen);
  }

  public static void read(Connection snapshot, int merchant, LocalDate day, Reader reader)
      throws SQLException, IOException {
    try (PreparedStatement statement =
        snapshot.prepareStatement(PARTS + "UNION ALL\n" + RETURNS + ORDER)) {
      statement.setFetchSize(FETCHED);
      bind(statement, merchant, day);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.flow(flow(row));
        }
      }
    }
  }

  /** What was booked on the dealer's accounts for those flows. */
  public static void sum(Connection snapshot, int merchant, LocalDate day, Summer summer)
      throws SQLException {
    try (PreparedStatement statement = snapshot.prepareStatement(JOURNAL)) {
      bind(statement, merchant, day);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          summer.sum(row.getString("remark"), row.getLong("count"), row.getLong("fen"));
        }
      }
    }
  }

  private static Flow flow(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    return new Flow(
        row.getLong("request"),
        row.getBoolean("back"),
        Part.State.valueOf(row.getString("state")),
        Money.ofFen(row.getLong("amount")),
        Money.ofFen(row.getLong("fee")),
        row.getString("channel_no"),
        row.getString("number"),
        row.getString("ref"),
        PayoutChannel.valueOf(row.getString("channel")),
        row.getString("name_mask"),
        row.getString("code"),
        row.getTimestamp("at").toInstant(),
        finished == null ? null : finished.toInstant());
  }

  private static void bind(PreparedStatement statement, int merchant, LocalDate day)
      throws SQLException {
    Timestamp from = Timestamp.from(BeijingTime.startOf(day));
    Timestamp to = Timestamp.from(BeijingTime.startOf(day.plusDays(1)));
    statement.setString(1, PayoutMoney.OUT);
    statement.setInt(2, merchant);
    statement.setString(3, Asked.OWNER);
    statement.setTimestamp(4, from);
    statement.setTimestamp(5, to);
    statement.setInt(6, merchant);
    statement.setString(7, PayoutMoney.BACK);
    statement.setTimestamp(8, from);
    statement.setTimestamp(9, to);
  }
}

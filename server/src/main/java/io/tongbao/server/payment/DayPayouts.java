package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/**
 * The payouts that a dealer gave on a day, with all that became of them. Reads on a connection of
 * the caller, line by line.
 */
public final class DayPayouts {
  private static final int FETCHED = 1_000;

  private static final String SELECT =
      """
      SELECT p.id, p.number, p.ref, p.name_mask, b.code, p.channel, p.account_mask, p.pay, p.fee,
        p.status, p.detail, p.created_at, p.finished_at, s.channel_no, e.statuses, e.details
      FROM payout p
      JOIN payout_broker b ON b.merchant_id = p.merchant_id AND b.id = p.broker_id
      LEFT JOIN LATERAL (
        SELECT coalesce(min(channel_no) FILTER (WHERE side = 'SYSTEM'), min(channel_no)) AS channel_no
        FROM payout_part WHERE merchant_id = p.merchant_id AND payout_id = p.id) s ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(to_status ORDER BY seq DESC) AS statuses,
               array_agg(detail ORDER BY seq DESC) AS details
        FROM payout_event WHERE merchant_id = p.merchant_id AND payout_id = p.id) e ON true
      WHERE p.merchant_id = ? AND p.created_at >= ? AND p.created_at < ?
      ORDER BY p.created_at, p.id
      """;

  private DayPayouts() {}

  /**
   * A payout as it is, and as it was.
   *
   * @param states newest first; the first is the present one
   * @param channelNo the channel's number, of the system's part where there are two
   */
  public record Line(
      long id,
      String number,
      String ref,
      String name,
      String broker,
      PayoutChannel channel,
      String account,
      Money pay,
      Money fee,
      @Nullable String channelNo,
      Instant createdAt,
      @Nullable Instant finishedAt,
      List<State> states) {
    public Line {
      states = List.copyOf(states);
    }
  }

  /** How it stood. */
  public record State(PayoutStatus status, PayoutDetail detail) {}

  /** Takes the lines, one by one. */
  public interface Reader {
    void line(Line line) throws SQLException, IOException;
  }

  /** The day of the dealer's first payout; empty while there is none. */
  public static Optional<LocalDate> firstDay(JdbcClient database, int merchant) {
    return database
        .sql("SELECT min(created_at) FROM payout WHERE merchant_id = ?")
        .params(merchant)
        .query((row, _) -> Optional.ofNullable(time(row.getTimestamp(1))))
        .single()
        .map(BeijingTime::dayOf);
  }

  public static void read(Connection snapshot, int merchant, LocalDate day, Reader reader)
      throws SQLException, IOException {
    try (PreparedStatement statement = snapshot.prepareStatement(SELECT)) {
      statement.setFetchSize(FETCHED);
      statement.setInt(1, merchant);
      statement.setTimestamp(2, Timestamp.from(BeijingTime.startOf(day)));
      statement.setTimestamp(3, Timestamp.from(BeijingTime.startOf(day.plusDays(1))));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.line(line(row));
        }
      }
    }
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getString("number"),
        row.getString("ref"),
        row.getString("name_mask"),
        row.getString("code"),
        PayoutChannel.valueOf(row.getString("channel")),
        row.getString("account_mask"),
        Money.ofFen(row.getLong("pay")),
        Money.ofFen(row.getLong("fee")),
        row.getString("channel_no"),
        row.getTimestamp("created_at").toInstant(),
        time(row.getTimestamp("finished_at")),
        states(row));
  }

  private static List<State> states(ResultSet row) throws SQLException {
    List<State> states = new ArrayList<>();
    states.add(state(row.getInt("status"), row.getInt("detail")));
    Array statuses = row.getArray("statuses");
    if (statuses == null) {
      return states;
    }
    Number[] codes = (Number[]) statuses.getArray();
    Number[] details = (Number[]) row.getArray("details").getArray();
    for (int i = 1; i < codes.length; i++) {
      states.add(state(codes[i].intValue(), details[i].intValue()));
    }
    return states;
  }

  private static State state(int status, int detail) {
    return new State(PayoutStatus.ofCode(status), PayoutDetail.ofCode(detail));
  }

  private static @Nullable Instant time(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}

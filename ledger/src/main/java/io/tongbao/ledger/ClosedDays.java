package io.tongbao.ledger;

import io.tongbao.kernel.BeijingTime;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The journal's days that are over, in Beijing time by the database's clock. Closing one writes
 * down what each account held and a digest of the entries that continues the digest of the day
 * before; from then on the database takes no more entries into it.
 */
public final class ClosedDays {
  private static final String NEXT =
      """
      SELECT coalesce((SELECT max(day) + 1 FROM ledger_day),
                      (SELECT (min(created_at) AT TIME ZONE 'Asia/Shanghai')::date FROM entry)) AS day,
             clock_timestamp() AS now
      """;

  private final DataSource source;

  public ClosedDays(DataSource source) {
    this.source = source;
  }

  /** What came of closing. */
  public enum Result {
    CLOSED,
    /** The next day has not ended yet, or another process is closing it. */
    NOTHING_TO_CLOSE,
    /** A transaction that began before midnight is still open. */
    WAITING
  }

  /** A day and its bounds; whatever is dated {@code closes} or later belongs to the next. */
  record Day(LocalDate date, Instant opens, Instant closes) {
    static Day of(LocalDate date) {
      return new Day(date, BeijingTime.startOf(date), BeijingTime.startOf(date.plusDays(1)));
    }
  }

  /** Closes the next day, where it has ended. */
  public Result closeNext() throws SQLException {
    try (Connection connection = source.getConnection()) {
      Day next = next(connection);
      return next == null ? Result.NOTHING_TO_CLOSE : close(connection, next);
    }
  }

  /**
   * Looks for open transactions first, so that the moment seen afterwards has all their entries.
   */
  Result close(Connection connection, Day day) throws SQLException {
    if (isOpenBefore(connection, day.closes())) {
      return Result.WAITING;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SET LOCAL statement_timeout = '30min'");
      statement.execute("SET LOCAL work_mem = '64MB'");
      boolean closed = call(connection, day);
      connection.commit();
      return closed ? Result.CLOSED : Result.NOTHING_TO_CLOSE;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static @Nullable Day next(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEXT)) {
      row.next();
      Date date = row.getDate("day");
      if (date == null) {
        return null;
      }
      Day day = Day.of(date.toLocalDate());
      return day.closes().isAfter(row.getTimestamp("now").toInstant()) ? null : day;
    }
  }

  private static boolean isOpenBefore(Connection connection, Instant cut) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT is_open_before(?)")) {
      select.setTimestamp(1, Timestamp.from(cut));
      return first(select);
    }
  }

  private static boolean call(Connection connection, Day day) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT close_day(?, ?, ?)")) {
      select.setObject(1, day.date());
      select.setTimestamp(2, Timestamp.from(day.opens()));
      select.setTimestamp(3, Timestamp.from(day.closes()));
      return first(select);
    }
  }

  private static boolean first(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}

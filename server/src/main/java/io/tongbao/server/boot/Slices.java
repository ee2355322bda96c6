package io.tongbao.server.boot;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.ledger.EntryMonths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the partitions of tables that are cut by time ahead of the time that fills them, the
 * journal's months among them, and drops those that need not be kept: at the start and every ten
 * minutes. What the owner alone may do, the database does for us by its functions.
 */
final class Slices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Slices.class);
  private static final int MONTHS_AHEAD = 3;
  private static final int MINUTES = 10;

  private final DataSource source;
  private final Clock clock;
  private final List<Retention> retentions;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slices").factory());
  private @Nullable ScheduledFuture<?> next;

  Slices(DataSource source, Clock clock, List<Retention> retentions) {
    this.source = source;
    this.clock = clock;
    this.retentions = List.copyOf(retentions);
  }

  void start() {
    round();
    next = rounds.scheduleWithFixedDelay(this::round, MINUTES, MINUTES, TimeUnit.MINUTES);
  }

  private void round() {
    try (Connection connection = source.getConnection()) {
      YearMonth current = YearMonth.from(clock.instant().atZone(BeijingTime.ZONE));
      EntryMonths.open(connection, current, MONTHS_AHEAD + 1);
      for (String table : tables(connection)) {
        open(connection, table);
      }
      for (Retention retention : retentions) {
        drop(connection, retention);
      }
    } catch (SQLException e) {
      // Rows without a slice of their own go into the default partition: slower, not wrong.
      LOG.warn("The slices of time could not be looked after", e);
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM sliced ORDER BY name")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  private static void open(Connection connection, String table) {
    try (PreparedStatement call = connection.prepareStatement("SELECT open_slices(?)")) {
      call.setString(1, table);
      call.execute();
    } catch (SQLException e) {
      LOG.warn("No slice of {} could be opened in this round: {}", table, e.getMessage());
    }
  }

  /** One slice to a commit, so that whoever works with the table waits for one at most. */
  private static void drop(Connection connection, Retention retention) {
    try (PreparedStatement call =
        connection.prepareStatement("SELECT drop_slice(?, ? * interval '1 ms')")) {
      call.setString(1, retention.table());
      call.setLong(2, retention.kept().toMillis());
      for (String gone = dropped(call); gone != null; gone = dropped(call)) {
        LOG.info("{} is over for long enough, and was dropped", gone);
      }
    } catch (SQLException e) {
      LOG.warn(
          "No slice of {} could be dropped in this round: {}", retention.table(), e.getMessage());
    }
  }

  private static @Nullable String dropped(PreparedStatement call) throws SQLException {
    try (ResultSet row = call.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  @Override
  public void close() {
    if (next != null) {
      next.cancel(false);
    }
    rounds.shutdownNow();
  }
}

package io.tongbao.server.boot;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.ledger.EntryMonths;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the journal's partitions ahead of the months that fill them, at the start and daily. */
final class JournalMonths implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalMonths.class);
  private static final int MONTHS_AHEAD = 3;

  private final DataSource source;
  private final Clock clock;
  private final ScheduledExecutorService daily =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal-months").factory());
  private @Nullable ScheduledFuture<?> next;

  JournalMonths(DataSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  void start() {
    open();
    next = daily.scheduleWithFixedDelay(this::open, 1, 1, TimeUnit.DAYS);
  }

  private void open() {
    YearMonth current = YearMonth.from(clock.instant().atZone(BeijingTime.ZONE));
    try (Connection connection = source.getConnection()) {
      int opened = EntryMonths.open(connection, current, MONTHS_AHEAD + 1);
      LOG.debug("Opened {} months of the journal", opened);
    } catch (SQLException e) {
      // Entries without a month of their own go into the default partition: slower, not wrong.
      LOG.warn("The journal's months could not be opened", e);
    }
  }

  @Override
  public void close() {
    if (next != null) {
      next.cancel(false);
    }
    daily.shutdownNow();
  }
}

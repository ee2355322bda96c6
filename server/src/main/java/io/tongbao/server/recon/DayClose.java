package io.tongbao.server.recon;

import io.tongbao.ledger.ClosedDays;
import io.tongbao.ledger.ClosedDays.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Who closes the journal's days once they are over, also those that were slept through. Not a
 * merchant's job: the journal's day is the database's, and no sandbox moves that clock.
 */
@Component
final class DayClose implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(DayClose.class);
  private static final Duration ROUND = Duration.ofSeconds(20);

  private final ClosedDays days;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("day-close").factory());

  DayClose(DataSource source) {
    this.days = new ClosedDays(source);
    var next =
        rounds.scheduleWithFixedDelay(
            this::round, ROUND.toSeconds(), ROUND.toSeconds(), TimeUnit.SECONDS);
    log.debug("the first look for a day to close is in {} s", next.getDelay(TimeUnit.SECONDS));
  }

  @Override
  public void destroy() {
    rounds.shutdownNow();
  }

  private void round() {
    try {
      Result result = days.closeNext();
      while (result == Result.CLOSED && !rounds.isShutdown()) {
        log.info("a day of the journal is closed");
        result = days.closeNext();
      }
      if (result == Result.WAITING) {
        log.info("the day is not closed yet: a transaction that began before midnight is open");
      }
    } catch (SQLException | RuntimeException e) {
      log.error("the day could not be closed", e);
    }
  }
}

package io.tongbao.server.notice;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what is done small (THREATS W-9): a partition for each day, opened ahead; after ninety days
 * a notice is folded into the count of what its order was told, which is all that the audit still
 * asks, and the empty day is taken away. The log of attempts goes with the same age. All by real
 * time: a sandbox's clock ages nothing.
 */
@Component
final class NoticeArchive implements Job {
  static final int DAYS_KEPT = 90;

  private static final Logger log = LoggerFactory.getLogger(NoticeArchive.class);
  private static final int DAYS_AHEAD = 7;
  private static final int AT_A_TIME = 1_000;
  private static final Duration ROUND = Duration.ofSeconds(10);

  /** Nothing can happen between leaving here and being counted there: it is one statement. */
  private static final String FOLD =
      """
      WITH old AS (
        DELETE FROM notice_done d
         USING (SELECT merchant_id, id FROM notice_done
                 WHERE merchant_id = ? AND id < first_id_of(?)
                 ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED) o
         WHERE d.merchant_id = o.merchant_id AND d.id = o.id
        RETURNING d.merchant_id, d.subject, d.event, d.facts)
      INSERT INTO notice_told AS t (merchant_id, subject, event, status, times)
      SELECT merchant_id, subject, event, coalesce(facts ->> 'status', ''), count(*)
        FROM old GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (merchant_id, subject, event, status)
        DO UPDATE SET times = t.times + excluded.times
      """;

  private static final String PURGE =
      """
      DELETE FROM notice_attempt WHERE ctid IN (
        SELECT ctid FROM notice_attempt
        WHERE created_at < ?::date::timestamp AT TIME ZONE 'Asia/Shanghai' AND merchant_id = ?
        LIMIT ?)
      """;

  private final JdbcClient database;
  private final Clock clock;
  private final Map<Integer, Long> looked = new ConcurrentHashMap<>();
  private volatile @Nullable LocalDate opened;

  NoticeArchive(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "archive-notices";
  }

  /** Never says that it did something: nothing waits for it. */
  @Override
  public int run(Merchant merchant, Instant now) {
    long moment = System.nanoTime();
    Long last = looked.get(merchant.id());
    if (last != null && moment - last < ROUND.toNanos()) {
      return 0;
    }
    looked.put(merchant.id(), moment);
    LocalDate today = LocalDate.ofInstant(clock.instant(), BeijingTime.ZONE);
    if (!today.equals(opened)) {
      opened = today;
      turn(today);
    }
    fold(merchant.id(), today);
    return 0;
  }

  /** Folds and forgets a little of what is old enough; how many subjects' counts have grown. */
  int fold(int merchant, LocalDate today) {
    LocalDate oldest = today.minusDays(DAYS_KEPT);
    database.sql(PURGE).params(oldest, merchant, AT_A_TIME).update();
    return database.sql(FOLD).params(merchant, oldest, AT_A_TIME).update();
  }

  /** Opens the days ahead and takes away the empty ones that are old; how many each. */
  int turn(LocalDate today) {
    int turned = 0;
    try {
      for (int day = 0; day <= DAYS_AHEAD; day++) {
        turned += ask("SELECT open_notice_day(?)", today.plusDays(day)) ? 1 : 0;
      }
      while (ask("SELECT close_notice_day(?)", today.minusDays(DAYS_KEPT))) {
        turned++;
      }
    } catch (DataAccessException e) {
      // What has no day of its own goes into the default partition: slower, not wrong.
      log.warn("the days of notices could not be turned", e);
    }
    return turned;
  }

  private boolean ask(String sql, LocalDate day) {
    return database.sql(sql).param(day).query(Boolean.class).single();
  }
}

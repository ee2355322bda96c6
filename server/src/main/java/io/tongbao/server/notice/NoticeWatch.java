package io.tongbao.server.notice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks at the notices of each merchant every ten seconds and raises the alarm (THREATS W-14): what
 * is due and not sent, the oldest that has not arrived, endpoints that fail for more than an hour,
 * dead letters.
 */
@Component
final class NoticeWatch implements Job {
  private static final Logger log = LoggerFactory.getLogger(NoticeWatch.class);
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration MOST_LAG = Duration.ofSeconds(30);

  private final JdbcClient database;
  private final MeterRegistry meters;
  private final Map<Integer, Long> looked = new ConcurrentHashMap<>();
  private final Map<Integer, Sight> sights = new ConcurrentHashMap<>();

  NoticeWatch(JdbcClient database, MeterRegistry meters) {
    this.database = database;
    this.meters = meters;
  }

  /** What somebody must look at. */
  enum Alarm {
    /**
     * A notice has been due for more than half a minute, its endpoint is well, and no earlier one
     * of the same subject is being tried.
     */
    LATE,
    /** An endpoint has taken nothing for more than an hour. */
    ENDPOINT_FAILS,
    /** Notices were given up in the last 30 days; resending them ends it. */
    DEAD_LETTERS
  }

  /**
   * What was seen of one merchant's notices.
   *
   * @param lag how long the first that could be sent has been due
   * @param oldest how long ago the oldest happened that has not arrived
   * @param failing endpoints that fail for more than an hour
   * @param dead dead letters of the last 30 days
   */
  record Sight(Duration lag, Duration oldest, int failing, int dead) {
    static final Sight NOTHING = new Sight(Duration.ZERO, Duration.ZERO, 0, 0);

    /** What somebody must look at. */
    Set<Alarm> alarms() {
      Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
      if (lag.compareTo(MOST_LAG) > 0) {
        alarms.add(Alarm.LATE);
      }
      if (failing > 0) {
        alarms.add(Alarm.ENDPOINT_FAILS);
      }
      if (dead > 0) {
        alarms.add(Alarm.DEAD_LETTERS);
      }
      return alarms;
    }
  }

  @Override
  public String name() {
    return "watch-notices";
  }

  /** Never says that it did something: it only looks. */
  @Override
  public int run(Merchant merchant, Instant now) {
    long moment = System.nanoTime();
    Long last = looked.get(merchant.id());
    if (last != null && moment - last < ROUND.toNanos()) {
      return 0;
    }
    looked.put(merchant.id(), moment);
    Sight sight = look(merchant.id(), now);
    Sight before = sights.put(merchant.id(), sight);
    if (before == null) {
      register(merchant);
    }
    raise(merchant, before == null ? Sight.NOTHING : before, sight);
    return 0;
  }

  /** Says what is new; the gauges say what is. */
  private static void raise(Merchant merchant, Sight before, Sight sight) {
    for (Alarm alarm : sight.alarms()) {
      if (!before.alarms().contains(alarm)) {
        log.error("notices of merchant {}: {}, {}", merchant.code(), alarm, sight);
      }
    }
    for (Alarm alarm : before.alarms()) {
      if (!sight.alarms().contains(alarm)) {
        log.info("notices of merchant {}: {} is over", merchant.code(), alarm);
      }
    }
  }

  Sight look(int merchant, Instant now) {
    Timestamp clock = Timestamp.from(now);
    return database
        .sql(
            """
            SELECT
              (SELECT min(t.next_at) FROM notice_endpoint e CROSS JOIN LATERAL (
                 SELECT n.next_at FROM notice n
                 WHERE n.merchant_id = :merchant AND n.endpoint_id = e.id AND n.state = 'P'
                   AND n.next_at < :now
                   AND n.id = (SELECT p.id FROM notice p
                     WHERE p.merchant_id = :merchant AND p.subject = n.subject
                     ORDER BY p.happened_at, p.id LIMIT 1)
                 ORDER BY n.next_at LIMIT 1) t
               WHERE e.merchant_id = :merchant AND e.timeouts < 5 AND NOT e.paused
                 AND e.next_due < :now) AS due,
              (SELECT min(happened_at) FROM notice WHERE merchant_id = :merchant) AS oldest,
              (SELECT count(*) FROM notice_endpoint WHERE merchant_id = :merchant
                 AND failing_since < now() - interval '1 h') AS failing,
              (SELECT count(*) FROM notice_done WHERE merchant_id = :merchant
                 AND outcome = 'EXHAUSTED' AND finished_at > :since) AS dead
            """)
        .param("merchant", merchant)
        .param("now", clock)
        .param("since", Timestamp.from(now.minus(Duration.ofDays(30))))
        .query((row, _) ->
            new Sight(
                since(row.getTimestamp("due"), now),
                since(row.getTimestamp("oldest"), now),
                row.getInt("failing"),
                row.getInt("dead")))
        .single();
  }

  private static Duration since(@Nullable Timestamp then, Instant now) {
    return then == null ? Duration.ZERO : Duration.between(then.toInstant(), now);
  }

  private void register(Merchant merchant) {
    gauge("tongbao.notice.lag", merchant, sight -> sight.lag().toSeconds());
    gauge("tongbao.notice.oldest", merchant, sight -> sight.oldest().toSeconds());
    gauge("tongbao.notice.endpoints.failing", merchant, Sight::failing);
    gauge("tongbao.notice.dead.letters", merchant, Sight::dead);
    gauge("tongbao.notice.alarms", merchant, sight -> sight.alarms().size());
  }

  private void gauge(String name, Merchant merchant, ToDoubleFunction<Sight> value) {
    Gauge.builder(
            name,
            sights,
            all -> value.applyAsDouble(all.getOrDefault(merchant.id(), Sight.NOTHING)))
        .tag("merchant", merchant.code())
        .register(meters);
  }
}

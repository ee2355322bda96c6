package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.server.notice.NoticeWatch.Alarm;
import io.tongbao.server.notice.NoticeWatch.Sight;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured of notices, and when somebody is called (THREATS W-14). */
class NoticeWatchTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private NoticeBench bench;
  private NoticeWatch watch;

  @BeforeEach
  void open() {
    bench = new NoticeBench();
    watch = new NoticeWatch(bench.database, meters);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void isQuietWhereNothingIsDue() {
    gather();
    Sight sight = watch.look(1, NOON.plusSeconds(4));
    assertThat(sight).isEqualTo(new Sight(Duration.ZERO, Duration.ofSeconds(4), 0, 0));
    assertThat(sight.alarms()).isEmpty();
    assertThat(watch.look(2, NOON).alarms()).isEmpty();
  }

  @Test
  void callsWhenSomethingIsLateThatCouldBeSent() {
    gather();
    assertThat(watch.look(1, NOON.plusSeconds(35)).alarms()).isEmpty();
    assertThat(watch.look(1, NOON.plusSeconds(36)).alarms()).containsExactly(Alarm.LATE);
    bench.database.sql("UPDATE notice_endpoint SET paused = true").update();
    assertThat(watch.look(1, NOON.plusSeconds(99)).alarms()).isEmpty();
  }

  /** What waits for an earlier one of its order is not late; what waits for nothing is. */
  @Test
  void doesNotCallForWhatWaitsItsTurn() {
    long paid = bench.news("https://pay.example.com/back", 7, "{}", NOON);
    bench.news("https://pay.example.com/back", 7, "{}", NOON.plusSeconds(1));
    assertThat(bench.gather()).isEqualTo(2);
    bench
        .database
        .sql("UPDATE notice SET attempts = 1, next_at = next_at + interval '1 h' WHERE id = ?")
        .param(paid)
        .update();
    assertThat(watch.look(1, NOON.plusSeconds(99)).alarms()).isEmpty();
    bench.database.sql("UPDATE notice SET subject = id").update();
    assertThat(watch.look(1, NOON.plusSeconds(99)).alarms()).containsExactly(Alarm.LATE);
  }

  @Test
  void callsWhenAnEndpointHasFailedForAnHour() {
    gather();
    failingFor("59 min");
    assertThat(watch.look(1, NOON).alarms()).isEmpty();
    failingFor("61 min");
    assertThat(watch.look(1, NOON).alarms()).containsExactly(Alarm.ENDPOINT_FAILS);
  }

  @Test
  void callsForDeadLettersAndMeasures() {
    gather();
    bench
        .database
        .sql(
            """
            INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts,
                                     happened_at, outcome, attempts, finished_at)
            SELECT merchant_id, id + 1, event, subject, endpoint_id, url, facts, happened_at,
                   'EXHAUSTED', 8, happened_at
            FROM notice
            """)
        .update();
    assertThat(watch.look(1, NOON).alarms()).containsExactly(Alarm.DEAD_LETTERS);
    assertThat(watch.look(1, NOON.plus(Duration.ofDays(31))).dead()).isZero();
    assertThat(watch.run(MERCHANT, NOON.plusSeconds(50))).isZero();
    assertThat(gauge("tongbao.notice.lag")).isEqualTo(45);
    assertThat(gauge("tongbao.notice.oldest")).isEqualTo(50);
    assertThat(gauge("tongbao.notice.dead.letters")).isEqualTo(1);
    assertThat(gauge("tongbao.notice.endpoints.failing")).isZero();
    assertThat(gauge("tongbao.notice.alarms")).isEqualTo(2);
  }

  private void gather() {
    bench.news("https://pay.example.com/back", 7, "{}", NOON);
    assertThat(bench.gather()).isEqualTo(1);
  }

  private void failingFor(String interval) {
    bench
        .database
        .sql("UPDATE notice_endpoint SET failing_since = now() - ?::interval")
        .param(interval)
        .update();
  }

  private double gauge(String name) {
    return meters.get(name).tag("merchant", MERCHANT.code()).gauge().value();
  }
}

package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.server.notice.Notice.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done lies by its day, for ninety days, and is counted for ever (THREATS W-9). */
class NoticeArchiveTest {
  private final LocalDate today = LocalDate.now(Clock.system(BeijingTime.ZONE));
  private final LocalDate later = today.plusDays(NoticeArchive.DAYS_KEPT + 2);
  private NoticeBench bench;
  private Receiver receiver;
  private NoticeSender sender;
  private NoticeArchive archive;

  @BeforeEach
  void open() throws IOException {
    bench = new NoticeBench();
    bench.database.sql("TRUNCATE notice_told").update();
    receiver = new Receiver();
    sender = bench.node();
    archive = new NoticeArchive(bench.database, Clock.systemUTC());
  }

  @AfterEach
  void close() throws Exception {
    sender.destroy();
    receiver.close();
    bench.close();
  }

  @Test
  void whatIsDoneLiesInItsDay() {
    long id = delivered(7, "OK");
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    Instant drawn = Instant.parse("2020-01-01T00:00:00Z").plusMillis(id >> 22);
    LocalDate day = LocalDate.ofInstant(drawn, BeijingTime.ZONE);
    assertThat(day(id)).isEqualTo("notice_done_" + day.toString().replace('-', '_'));
    assertThat(bench.notices.of(1, 7)).hasSize(1);
  }

  /** The first and the last id of a day are that day's, as kernel.Ids draws them. */
  @Test
  void aDayBeginsAndEndsWithItsIds() {
    long first = firstOf(today);
    long next = firstOf(today.plusDays(1));
    assertThat(Ids.next()).isBetween(first, firstOf(today.plusDays(2)));
    assertThat(next - first).isEqualTo(86_400_000L << 22);
  }

  @Test
  void isKeptForNinetyDaysAndThenCounted() {
    long id = delivered(7, "OK");
    delivered(7, "OK");
    delivered(7, "error");
    delivered(8, "OK");
    assertThat(archive.fold(1, today.plusDays(NoticeArchive.DAYS_KEPT))).isZero();
    assertThat(bench.notices.find(1, id)).isPresent();
    List<String> before = tally();

    assertThat(archive.fold(1, later)).isEqualTo(3);
    assertThat(bench.notices.find(1, id)).isEmpty();
    assertThat(bench.notices.attempts(1, id)).isEmpty();
    assertThat(tally()).isEqualTo(before).contains("7 OK 2", "7 error 1", "8 OK 1");
    delivered(7, "OK");
    assertThat(archive.fold(1, later)).isEqualTo(1);
    assertThat(tally()).contains("7 OK 3");
    assertThat(archive.fold(2, later)).as("another merchant's").isZero();
  }

  /**
   * Whatever is sent again while it is folded is waiting, done or counted, and only one of them.
   */
  @Test
  void nothingIsLostBetweenTheTables() throws Exception {
    long[] ids = new long[40];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = delivered(i, "OK");
    }
    List<String> before = tally();
    NoticeArchive other = new NoticeArchive(bench.database, Clock.systemUTC());
    List<Callable<Integer>> work =
        List.of(
            () -> archive.fold(1, later),
            () -> other.fold(1, later),
            () -> resend(ids),
            () -> sender.run(MERCHANT, NOON.plusSeconds(60)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        for (Future<Integer> each : threads.invokeAll(work)) {
          each.get();
        }
        assertThat(tally()).isEqualTo(before);
      }
    }
  }

  @Test
  void daysAreOpenedAheadAndEmptyOnesTakenAway() {
    LocalDate far = LocalDate.of(2098, 1, 1);
    assertThat(archive.turn(far)).isGreaterThanOrEqualTo(8);
    assertThat(archive.turn(far)).as("once").isZero();
    long id = firstOf(far);
    bench
        .database
        .sql(
            """
            INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts,
                                     happened_at, outcome, attempts, finished_at)
            VALUES (1, ?, 'test', 7, 1, 'u', '{"status": "OK"}', now(), 'DELIVERED', 1, now())
            """)
        .param(id)
        .update();
    assertThat(day(id)).isEqualTo("notice_done_2098_01_01");
    LocalDate old = far.plusDays(NoticeArchive.DAYS_KEPT + 1);
    archive.turn(old);
    assertThat(day(id)).as("not empty").isEqualTo("notice_done_2098_01_01");
    archive.fold(1, old);
    archive.turn(old);
    assertThat(days()).doesNotContain("notice_done_2098_01_01");
    assertThat(days()).contains("notice_done_any", "notice_done_2098_01_02");
    archive.turn(today);
  }

  private int resend(long[] ids) {
    int sent = 0;
    for (long id : ids) {
      sent += bench.notices.resend(1, id, NOON.plusSeconds(60)) ? 1 : 0;
    }
    return sent;
  }

  private long delivered(long subject, String status) {
    long id =
        bench.news(receiver.url("/back"), subject, "{\"status\": \"%s\"}".formatted(status), NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    return id;
  }

  private List<String> tally() {
    return bench
        .database
        .sql(
            """
            SELECT concat_ws(' ', subject, status, sum(times)) FROM notice_tally
            GROUP BY subject, status ORDER BY subject, status
            """)
        .query((row, _) -> String.valueOf(row.getString(1)))
        .list();
  }

  private String day(long id) {
    return bench
        .database
        .sql("SELECT tableoid::regclass::text FROM notice_done WHERE id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private List<String> days() {
    return bench
        .database
        .sql(
            """
            SELECT inhrelid::regclass::text FROM pg_inherits
             WHERE inhparent = 'notice_done'::regclass
            """)
        .query((row, _) -> String.valueOf(row.getString(1)))
        .list();
  }

  private long firstOf(LocalDate day) {
    return bench.database.sql("SELECT first_id_of(?)").param(day).query(Long.class).single();
  }
}

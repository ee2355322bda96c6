package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.tongbao.kernel.Bytes;
import io.tongbao.server.notice.Notice.State;
import io.tongbao.wire.crypto.HmacSha256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices arrive at least once, on schedule, in order, and past receivers that do not answer. */
class NoticeSenderTest {
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));
  private static final Duration HOUR = Duration.ofHours(1);

  private NoticeBench bench;
  private Receiver receiver;
  private NoticeSender sender;

  @BeforeEach
  void open() throws IOException {
    bench = new NoticeBench();
    receiver = new Receiver();
    sender = bench.node();
  }

  @AfterEach
  void close() throws Exception {
    sender.destroy();
    receiver.close();
    bench.close();
  }

  @Test
  void delivers() {
    long id = bench.news(receiver.url("/back"), 7, "{\"a\": 1}", NOON);

    assertThat(sender.run(MERCHANT, NOON.plusMillis(4_000))).as("gathered, not due").isEqualTo(1);
    assertThat(receiver.got).isEmpty();
    assertThat(sender.run(MERCHANT, NOON.plusSeconds(5))).isEqualTo(1);

    assertThat(receiver.got).hasSize(1);
    assertThat(receiver.got.getFirst().body()).startsWith("{\"a\": 1} at ");
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id)).hasSize(1);
    Attempt attempt = bench.attempts(id).getFirst();
    assertThat(attempt.error()).isNull();
    assertThat(attempt.status()).isEqualTo(200);
    assertThat(attempt.sent()).isEqualTo(receiver.got.getFirst().body());
    assertThat(sender.run(MERCHANT, NOON.plus(HOUR))).isZero();
  }

  @Test
  void keepsTheScheduleAndGivesUpAfterTheEighth() {
    receiver.answer(500);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    Instant from = NOON;
    for (int attempt = 1; attempt <= 8; attempt++) {
      Instant due = bench.nextAt(id);
      Duration wait = SCHEDULE.get(attempt - 1);
      long spread = Math.min(wait.toMillis() / 100, 2_000);
      assertThat(due).isBetween(from.plus(wait), from.plus(wait).plusMillis(spread));
      sender.run(MERCHANT, due.minusSeconds(2));
      assertThat(receiver.got).hasSize(attempt - 1);
      sender.run(MERCHANT, due);
      assertThat(receiver.got).hasSize(attempt);
      from = bench.attempts(id).getLast().endedAt();
    }
    assertThat(bench.notice(id).state()).isEqualTo(State.EXHAUSTED);
    assertThat(bench.attempts(id)).hasSize(8).allMatch(Attempt::scheduled);
    assertThat(bench.attempts(id)).extracting(Attempt::error).containsOnly("NOT_CONFIRMED");
    var histogram =
        bench.meters.get("tongbao.notice.attempts").summary().takeSnapshot().histogramCounts();
    assertThat(histogram).extracting(CountAtBucket::bucket).endsWith(7.0, 8.0);
    assertThat(histogram).extracting(CountAtBucket::count).endsWith(0.0, 1.0);
    assertThat(sender.run(MERCHANT, NOON.plus(Duration.ofDays(30)))).isZero();
    assertThat(receiver.got).hasSize(8);
  }

  @Test
  void whereTheStatusSaysAllABodyThatIsCutOffDoesNotMatter() {
    receiver.script = _ -> new Receiver.Reply(200, "half", Map.of(), 4);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id).getFirst().error()).isNull();
  }

  @Test
  void anythingButTheFacesWordIsAFailure() {
    for (int status : new int[] {201, 204, 301, 302, 400, 404, 500, 503}) {
      receiver.script =
          _ -> new Receiver.Reply(status, "", Map.of("Location", receiver.url("/else")));
      long id = bench.news(receiver.url("/" + status), status, "{}", NOON);
      sender.run(MERCHANT, NOON.plusSeconds(5));
      assertThat(bench.notice(id).state()).isEqualTo(State.PENDING);
      assertThat(bench.attempts(id).getFirst().status()).isEqualTo(status);
    }
    assertThat(receiver.got).noneMatch(got -> got.path().equals("/else"));
  }

  @Test
  void eachAttemptIsWrittenAnew() {
    receiver.answer(500);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    sender.run(MERCHANT, bench.nextAt(id));
    assertThat(receiver.bodies().get(0)).isNotEqualTo(receiver.bodies().get(1));
    assertThat(receiver.got.get(0).headers().get("webhook-id"))
        .isEqualTo(receiver.got.get(1).headers().get("webhook-id"));
  }

  @Test
  void carriesStandardWebhookHeaders() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    Receiver.Got got = receiver.got.getFirst();
    String signed =
        got.headers().get("webhook-id")
            + "."
            + got.headers().get("webhook-timestamp")
            + "."
            + got.body();
    Bytes secret = Bytes.utf8("test-secret-of-32-bytes-long!");
    assertThat(got.headers().get("webhook-id")).isEqualTo("msg_" + id);
    assertThat(got.headers().get("webhook-signature"))
        .isEqualTo("v1," + new HmacSha256(secret).of(Bytes.utf8(signed)).base64());
  }

  @Test
  void oneSubjectKeepsItsOrder() {
    receiver.answer(500);
    long paid = bench.news(receiver.url("/back"), 7, "{\"s\": 1}", NOON);
    long returned = bench.news(receiver.url("/back"), 7, "{\"s\": 9}", NOON.plusSeconds(1));
    long other = bench.news(receiver.url("/back"), 8, "{\"s\": 5}", NOON.plusSeconds(2));

    sender.run(MERCHANT, NOON.plusSeconds(60));
    assertThat(receiver.bodies()).hasSize(2);
    assertThat(bench.attempts(paid)).hasSize(1);
    assertThat(bench.attempts(returned)).as("waits for the earlier").isEmpty();
    assertThat(bench.attempts(other)).hasSize(1);

    receiver.answer(200);
    sender.run(MERCHANT, bench.nextAt(paid));
    assertThat(bench.notice(paid).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.notice(returned).state()).isEqualTo(State.DELIVERED);
    assertThat(receiver.bodies().get(2)).contains("1");
    assertThat(receiver.bodies().stream().filter(body -> body.contains("9"))).hasSize(1);
  }

  @Test
  void aDeadNodesNoticeIsSentByAnother() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    bench.rows.gather(1, Map.of("test", form()));
    Instant due = bench.nextAt(id);
    assertThat(bench.rows.claim(1, due, 64)).hasSize(1); // and the node dies
    sender.run(MERCHANT, due);
    assertThat(receiver.got).isEmpty();

    bench.expireLeases();
    NoticeSender other = bench.node();
    other.run(MERCHANT, due);

    assertThat(receiver.got).hasSize(1);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id)).extracting(Attempt::number).containsExactly(1);
  }

  /** An address that got in past the admission, by a setting or an older rule. THREATS W-12. */
  @Test
  void anAddressIsLookedAtAgainWhenItIsDialled() {
    for (String url : List.of("https://pay.example.com:22/", "http://10.0.0.1/", "file:///etc")) {
      long id = bench.news(url, url.length(), "{}", NOON);
      sender.run(MERCHANT, NOON.plusSeconds(5));
      assertThat(bench.attempts(id)).extracting(Attempt::error).containsExactly("URL_REFUSED");
    }
  }

  /** A claim that looked while another node put a notice back has said that nothing is due. */
  @Test
  void whatAnEndpointsDueTimePassedOverIsFoundAgain() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    bench.gather();
    database("UPDATE notice_endpoint SET next_due = 'infinity'");
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(receiver.got).hasSize(1);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void aLateResultOfALostLeaseChangesNothing() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    receiver.holdUntil(answer);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> sender.run(MERCHANT, NOON.plusSeconds(5)));
      await().atMost(NoticeBench.LONG).until(() -> receiver.got.size() == 1);
      bench.expireLeases();
      NoticeSender other = bench.node();
      var second = threads.submit(() -> other.run(MERCHANT, NOON.plusSeconds(5)));
      await().atMost(NoticeBench.LONG).until(() -> receiver.got.size() == 2);
      answer.countDown();
      first.get();
      second.get();
      await().atMost(NoticeBench.LONG).until(() -> bench.notice(id).state() == State.DELIVERED);
    }
    assertThat(bench.attempts(id)).hasSize(1);
  }

  @Test
  void twoNodesSendEachOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      bench.news(receiver.url("/" + i), i % 10, "{\"n\": " + i + "}", NOON.plusMillis(i));
    }
    NoticeSender other = bench.node();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 200 && receiver.got.size() < 60; round++) {
        var one = threads.submit(() -> sender.run(MERCHANT, NOON.plusSeconds(60)));
        var two = threads.submit(() -> other.run(MERCHANT, NOON.plusSeconds(60)));
        one.get();
        two.get();
      }
    }
    assertThat(receiver.got.stream().map(Receiver.Got::path)).hasSize(60).doesNotHaveDuplicates();
    for (int subject = 0; subject < 10; subject++) {
      List<String> told = new ArrayList<>();
      for (Receiver.Got got : receiver.got) {
        int n = Integer.parseInt(got.path().substring(1));
        if (n % 10 == subject) {
          told.add(String.format("%02d", n));
        }
      }
      assertThat(told).isSorted();
    }
  }

  @Test
  void showsLittleOfWhatReceiversSay() {
    receiver.script =
        _ -> new Receiver.Reply(500, "card 6228480402637874214\r\n" + "x".repeat(500), Map.of());
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(bench.attempts(id).getFirst().answer())
        .hasSize(200)
        .doesNotContain("62284", "\n", "78742");
  }

  @Test
  void stoppingWaitsAndGivesBackTheRest() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    receiver.holdUntil(hold);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    NoticeSender hasty = bench.node(Duration.ZERO);
    hasty.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(bench.meters.get("tongbao.notice.in.flight").gauge().value()).isOne();
    Thread stop = Thread.ofVirtual().start(() -> stop(hasty));
    hold.countDown();
    stop.join();
    assertThat(bench.meters.get("tongbao.notice.in.flight").gauge().value()).isZero();
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(hasty.run(MERCHANT, NOON.plus(HOUR))).isZero();
  }

  private static void stop(NoticeSender sender) {
    try {
      sender.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private NoticeForm form() {
    return bench.form();
  }

  private void database(String sql) {
    bench.database.sql(sql).update();
  }
}

package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.WebhookKeys;
import io.tongbao.server.notice.Notice.State;
import io.tongbao.wire.crypto.WebhookSecret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators send a notice again, raise the dead of a time, pause an endpoint, change a secret. */
class ResendTest {
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
  void resendsUnderTheSameNumber() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(bench.notices.resend(1, id, NOON.plus(HOUR))).isTrue();
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(receiver.got).hasSize(2);
    assertThat(receiver.got.get(1).headers().get("webhook-id")).isEqualTo("msg_" + id);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);

    receiver.answer(500);
    bench.notices.resend(1, id, NOON.plus(HOUR));
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(bench.notice(id).state()).as("was delivered once").isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id))
        .extracting(Attempt::scheduled)
        .containsExactly(true, false, false);
    assertThat(bench.notices.resend(1, 4711, NOON)).isFalse();
    assertThat(bench.notices.resend(2, id, NOON)).as("another merchant's").isFalse();
  }

  /** However often somebody asks, the schedule keeps its eight attempts and its waits. */
  @Test
  void whatIsAskedForComesBesidesTheSchedule() {
    receiver.answer(500);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    Instant now = NOON.plusSeconds(5);
    sender.run(MERCHANT, now);
    for (int i = 0; i < 10; i++) {
      assertThat(bench.notices.resend(1, id, now)).isTrue();
      assertThat(bench.notices.resend(1, id, now)).as("twice is once").isTrue();
      sender.run(MERCHANT, now);
      assertThat(bench.nextAt(id)).isBetween(now.plusSeconds(120), now.plusSeconds(130));
    }
    while (bench.notice(id).state() == State.PENDING) {
      sender.run(MERCHANT, bench.nextAt(id));
    }
    assertThat(bench.notice(id).state()).isEqualTo(State.EXHAUSTED);
    assertThat(bench.attempts(id)).hasSize(18).filteredOn(Attempt::scheduled).hasSize(8);
  }

  @Test
  void resendsDeadLettersOfATime() {
    receiver.answer(500);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    while (bench.notice(id).state() == State.PENDING) {
      sender.run(MERCHANT, bench.nextAt(id));
    }
    receiver.answer(200);
    Instant later = NOON.plus(Duration.ofDays(3));
    assertThat(bench.notices.resend(1, Selection.dead(later, later), later)).isZero();
    assertThat(bench.notices.resend(1, Selection.dead(NOON, later), later)).isEqualTo(1);
    sender.run(MERCHANT, later);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id)).hasSize(9);
    assertThat(bench.attempts(id).getLast().scheduled()).isFalse();
  }

  @Test
  void resendsWhatAnOperatorChooses() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON.plusSeconds(5));
    String origin = "http://127.0.0.1:" + receiver.port();
    Instant later = NOON.plus(HOUR);
    Selection all = new Selection(NOON, later, null, null, null);
    assertThat(bench.notices.resend(2, all, later)).as("another merchant's").isZero();
    for (Selection other :
        List.of(
            Selection.dead(NOON, later),
            new Selection(NOON, NOON, null, null, null),
            new Selection(NOON, later, null, "other", null),
            new Selection(NOON, later, null, null, "http://127.0.0.1:1"))) {
      assertThat(bench.notices.resend(1, other, later)).as(other.toString()).isZero();
    }
    assertThat(
            bench.notices.resend(
                1, new Selection(NOON, later, State.DELIVERED, "test", origin), later))
        .isEqualTo(1);
    sender.run(MERCHANT, later);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id)).hasSize(2);
  }

  @Test
  void showsWhatWouldBeSent() {
    long id = bench.news(receiver.url("/back"), 7, "{\"a\": 1}", NOON);
    sender.run(MERCHANT, NOON);
    Letter letter = bench.notices.preview(MERCHANT, id, NOON).orElseThrow();
    assertThat(letter.body().utf8()).startsWith("{\"a\": 1} at ");
    assertThat(letter.headers()).containsEntry("webhook-id", "msg_" + id);
    String signature = String.valueOf(letter.headers().get("webhook-signature"));
    String timestamp = String.valueOf(letter.headers().get("webhook-timestamp"));
    WebhookSecret secret = WebhookKeys.of(MERCHANT).getFirst();
    assertThat(secret.verifies("msg_" + id, timestamp, signature, letter.body(), NOON)).isTrue();
    assertThat(receiver.got).isEmpty();
    assertThat(bench.notices.preview(MERCHANT, 4711, NOON)).isEmpty();
  }

  @Test
  void pausesAnEndpoint() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    String origin = "http://127.0.0.1:" + receiver.port();
    assertThat(bench.notices.pause(1, origin, true)).isTrue();
    assertThat(bench.notices.destinations(1))
        .containsExactly(new Destination(origin, true, 0, null, null, 1));
    assertThat(bench.notices.destinations(2)).isEmpty();
    assertThat(bench.notices.pause(1, "http://127.0.0.1:1", true)).isFalse();
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(receiver.got).isEmpty();
    assertThat(bench.attempts(id)).isEmpty();
    assertThat(bench.notices.pause(1, origin, false)).isTrue();
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(receiver.got).hasSize(1);
  }

  @Test
  void signsTwiceWhileTheSecretIsChanged() {
    Map<String, Secret> keys =
        Map.of(
            WebhookKeys.CURRENT, WebhookSecret.fresh().text(),
            WebhookKeys.PREVIOUS, WebhookSecret.fresh().text());
    Merchant changing =
        new Merchant(
            1,
            Face.ESCROW,
            MERCHANT.code(),
            "测试商户",
            Map.of(),
            keys,
            List.of(),
            Set.of(),
            Duration.ZERO);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    Instant at = NOON.plusSeconds(5);
    sender.run(changing, at);
    Map<String, String> headers = receiver.got.getFirst().headers();
    String signatures = headers.getOrDefault("webhook-signature", "");
    assertThat(signatures.split(" ", -1)).hasSize(2).doesNotHaveDuplicates();
    String timestamp = headers.getOrDefault("webhook-timestamp", "");
    Bytes body = Bytes.utf8(receiver.got.getFirst().body());
    for (WebhookSecret secret : WebhookKeys.of(changing)) {
      assertThat(secret.verifies("msg_" + id, timestamp, signatures, body, at)).isTrue();
    }
  }
}

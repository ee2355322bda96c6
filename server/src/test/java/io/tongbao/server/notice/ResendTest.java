package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.notice.Notice.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators send a notice again, raise the dead of a time, and pause an endpoint. */
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
    assertThat(bench.notices.resend(1, 4711, NOON)).isFalse();
    assertThat(bench.notices.resend(2, id, NOON)).as("another merchant's").isFalse();
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
    assertThat(bench.notices.resendDead(1, later, later, later)).isZero();
    assertThat(bench.notices.resendDead(1, NOON, later, later)).isEqualTo(1);
    sender.run(MERCHANT, later);
    assertThat(bench.notice(id).state()).isEqualTo(State.DELIVERED);
    assertThat(bench.attempts(id)).hasSize(9);
    assertThat(bench.attempts(id).getLast().scheduled()).isFalse();
  }

  @Test
  void pausesAnEndpoint() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    String origin = "http://127.0.0.1:" + receiver.port();
    assertThat(bench.notices.pause(1, origin, true)).isTrue();
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(receiver.got).isEmpty();
    assertThat(bench.attempts(id)).isEmpty();
    assertThat(bench.notices.pause(1, origin, false)).isTrue();
    sender.run(MERCHANT, NOON.plus(HOUR));
    assertThat(receiver.got).hasSize(1);
  }
}

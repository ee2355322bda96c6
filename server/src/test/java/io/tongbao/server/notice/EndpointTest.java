package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongbao.server.notice.Notice.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one endpoint does to us slows no other, and costs none of its notices their day. */
class EndpointTest {
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

  /** None of the dead one's letters ends while the others are sent. */
  @Test
  void aDeadEndpointDoesNotDelayAnother() throws Exception {
    NoticeSender hasty = bench.node(Duration.ofMillis(100));
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      String dead = "http://127.0.0.1:" + deaf.getLocalPort() + "/";
      for (int i = 0; i < 200; i++) {
        bench.news(dead, 1_000 + i, "{}", NOON);
      }
      List<Long> alive = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        alive.add(bench.news(receiver.url("/" + i), 5_000 + i, "{}", NOON));
      }
      await()
          .atMost(NoticeBench.LONG)
          .until(() -> {
            hasty.run(MERCHANT, NOON.plusSeconds(5));
            return alive.stream().allMatch(id -> bench.notice(id).state() == State.DELIVERED);
          });
      assertThat(count("SELECT count(*) FROM notice_attempt")).as("of the dead").isEqualTo(20);
      int leased = count("SELECT count(*) FROM notice WHERE state = 'L'");
      assertThat(leased).as("in flight to the dead one").isBetween(1, 8);
    }
    hasty.destroy();
  }

  @Test
  void noMoreThanEightAtOnceToOneEndpoint() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    receiver.holdUntil(hold);
    for (int i = 0; i < 40; i++) {
      bench.news(receiver.url("/" + i), i, "{}", NOON);
    }
    NoticeSender one = bench.node(Duration.ZERO);
    NoticeSender other = bench.node(Duration.ZERO);
    await()
        .atMost(NoticeBench.LONG)
        .until(() -> {
          one.run(MERCHANT, NOON.plusSeconds(5));
          other.run(MERCHANT, NOON.plusSeconds(5));
          return receiver.got.size() >= 8;
        });
    hold.countDown();
    one.destroy();
    other.destroy();
    for (int round = 0; round < 100 && count("SELECT count(*) FROM notice") > 0; round++) {
      sender.run(MERCHANT, NOON.plusSeconds(30));
    }
    assertThat(receiver.got.stream().map(Receiver.Got::path).distinct()).hasSize(40);
    assertThat(receiver.mostAtOnce.get()).isEqualTo(8);
  }

  @Test
  void fiveTimeoutsNarrowAnEndpointAndTwentyCloseIt() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      closed = socket.getLocalPort();
    }
    String origin = "http://127.0.0.1:" + closed;
    for (int i = 0; i < 60; i++) {
      bench.news(origin + "/", i, "{}", NOON);
    }
    sender.run(MERCHANT, NOON.plusSeconds(5));
    int tried = count("SELECT count(*) FROM notice_attempt");
    assertThat(tried).as("the others lost no attempt").isBetween(20, 27);
    assertThat(count("SELECT max(timeouts) FROM notice_endpoint")).isEqualTo(tried);
    assertThat(
            count(
                """
                SELECT count(*) FROM notice_endpoint WHERE closed_until >=
                  (SELECT max(created_at) FROM notice_attempt) + interval '29 s'
                """))
        .as("closed for half a minute")
        .isOne();

    database("UPDATE notice_endpoint SET closed_until = now() + interval '1 h'");
    sender.run(MERCHANT, NOON.plusSeconds(60));
    assertThat(count("SELECT count(*) FROM notice_attempt")).as("closed").isEqualTo(tried);

    database("UPDATE notice_endpoint SET closed_until = now() - interval '1 s'");
    sender.run(MERCHANT, NOON.plusSeconds(60));
    assertThat(count("SELECT count(*) FROM notice_attempt")).as("one tries").isEqualTo(tried + 1);
  }

  @Test
  void aSuspendedEndpointPostponesByAQuarterOfAnHourAtMost() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    database("UPDATE notice_endpoint SET timeouts = 20, closed_until = now() + interval '1 h'");

    sender.run(MERCHANT, NOON.plusSeconds(5 + 15 * 60));
    assertThat(bench.attempts(id)).isEmpty();
    sender.run(MERCHANT, NOON.plusSeconds(6 + 15 * 60));

    assertThat(bench.attempts(id)).extracting(Attempt::error).containsExactly("SUSPENDED");
    assertThat(receiver.got).isEmpty();
    Instant now = NOON;
    for (int i = 0; i < 20 && bench.notice(id).state() == State.PENDING; i++) {
      now = bench.nextAt(id).plus(Duration.ofMinutes(16));
      sender.run(MERCHANT, now);
    }
    assertThat(bench.notice(id).state()).isEqualTo(State.EXHAUSTED);
    assertThat(bench.attempts(id)).hasSize(8);
  }

  @Test
  void anAnswerOpensTheEndpointAgain() {
    bench.news(receiver.url("/a"), 1, "{}", NOON);
    sender.run(MERCHANT, NOON);
    database("UPDATE notice_endpoint SET timeouts = 19, failing_since = now()");
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(count("SELECT timeouts FROM notice_endpoint")).isZero();
    assertThat(count("SELECT count(*) FROM notice_endpoint WHERE failing_since IS NULL")).isOne();
  }

  private int count(String sql) {
    return bench.database.sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private void database(String sql) {
    bench.database.sql(sql).update();
  }
}

package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One message on several nodes, and on nodes that die (THREATS §0, I-32). */
@TestServer
class ReplayGuardTest {
  private static final AtomicInteger MERCHANTS = new AtomicInteger(900_000);
  private static final String HERE = "ProbeService.here";
  private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
  private static final Reply UNWORKED = Reply.ok(Reply.JSON, Bytes.utf8("not worked on"));

  @Autowired private ReplayRows rows;
  @Autowired private Ledger ledger;
  @Autowired private JdbcClient jdbc;

  @Test
  void oneNodeWorksAndTheOthersWait() throws Exception {
    for (int round = 0; round < 5; round++) {
      Caller caller = caller("message " + round);
      AtomicInteger worked = new AtomicInteger();
      Set<String> answers = new HashSet<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          ReplayGuard one = new ReplayGuard(rows, ledger);
          ReplayGuard two = new ReplayGuard(rows, ledger)) {
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          ReplayGuard node = i % 2 == 0 ? one : two;
          replies.add(
              threads.submit(
                  () -> node.once(caller, HERE, Reply.JSON, List::of, numbered(worked))));
        }
        for (Future<Reply> reply : replies) {
          answers.add(reply.get().body().utf8());
        }
      }
      assertThat(worked).hasValue(1);
      assertThat(answers).containsExactly("1");
    }
  }

  @Test
  void aDeadNodesClaimIsTakenOver() {
    Caller caller = caller("left behind");
    claim(caller, Duration.ofMillis(-1));
    AtomicInteger worked = new AtomicInteger();
    assertThat(afresh(caller, numbered(worked)).body().utf8()).isEqualTo("1");
    assertThat(afresh(caller, numbered(worked)).outcome()).isEqualTo("replayed");
    assertThat(worked).hasValue(1);
  }

  @Test
  void aLivingNodesClaimIsNot() {
    Caller caller = caller("in work");
    claim(caller, Duration.ofMinutes(5));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> afresh(caller, () -> UNWORKED));
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BUSY);
  }

  @Test
  void onlyOneOfManyTakesOver() throws Exception {
    Caller caller = caller("left to many");
    claim(caller, Duration.ofMillis(-1));
    AtomicInteger worked = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        replies.add(threads.submit(() -> afresh(caller, numbered(worked))));
      }
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().body().utf8()).isEqualTo("1");
      }
    }
    assertThat(worked).hasValue(1);
  }

  @Test
  void ourOwnFaultsAreTriedAgain() {
    Caller caller = caller("busy first");
    AtomicInteger worked = new AtomicInteger();
    Supplier<Reply> busyOnce =
        () ->
            worked.incrementAndGet() == 1
                ? Reply.refused(Reply.JSON, Bytes.utf8("busy"), Refusal.of(Refusal.Reason.BUSY))
                : Reply.ok(Reply.JSON, Bytes.utf8("done"));
    assertThat(afresh(caller, busyOnce).body().utf8()).isEqualTo("busy");
    assertThat(afresh(caller, busyOnce).body().utf8()).isEqualTo("done");
    assertThat(afresh(caller, busyOnce).body().utf8()).isEqualTo("done");
    assertThat(worked).hasValue(2);
  }

  @Test
  void merchantsDoNotMeet() {
    AtomicInteger worked = new AtomicInteger();
    assertThat(afresh(caller("the same"), numbered(worked)).body().utf8()).isEqualTo("1");
    assertThat(afresh(caller("the same"), numbered(worked)).body().utf8()).isEqualTo("2");
  }

  @Test
  void answersLieSealed() {
    Caller caller = caller("sealed");
    afresh(caller, () -> Reply.ok(Reply.JSON, Bytes.utf8("{\"phone\":\"13812345678\"}")));
    byte[] stored =
        jdbc.sql("SELECT answer FROM replay_guard WHERE merchant_id = ?")
            .param(caller.merchant().id())
            .query((row, number) -> row.getBytes(1))
            .single();
    assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("13812345678");
  }

  @Test
  void aLostLedgerIsNoAnswer() throws Exception {
    Caller caller = caller("nowhere to claim");
    Ledger full = change -> new Outcome.Refused(Outcome.Reason.BUSY, 0);
    CountDownLatch worked = new CountDownLatch(1);
    try (ReplayGuard guard = new ReplayGuard(rows, full)) {
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class,
              () ->
                  guard.once(
                      caller,
                      HERE,
                      Reply.JSON,
                      List::of,
                      () -> {
                        worked.countDown();
                        return UNWORKED;
                      }));
      assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BUSY);
    }
    assertThat(worked.getCount()).isEqualTo(1);
  }

  @Test
  void aMessageIsGoodAtOneOperationAlone() {
    for (String read : List.of("read", "")) {
      Caller caller = caller("sent about" + read);
      try (ReplayGuard node = new ReplayGuard(rows, ledger);
          ReplayGuard other = new ReplayGuard(rows, ledger)) {
        if (read.isEmpty()) {
          node.once(caller, HERE, Reply.JSON, List::of, () -> UNWORKED);
        } else {
          node.bind(caller, HERE);
          node.bind(caller, HERE);
        }
        for (ReplayGuard each : List.of(node, other)) {
          assertThat(catchThrowableOfType(Refusal.class, () -> each.bind(caller, "elsewhere")))
              .extracting(Refusal::reason)
              .isEqualTo(Refusal.Reason.MESSAGE_USED);
          assertThat(
                  catchThrowableOfType(
                      Refusal.class,
                      () -> each.once(caller, "elsewhere", Reply.JSON, List::of, () -> UNWORKED)))
              .extracting(Refusal::reason)
              .isEqualTo(Refusal.Reason.MESSAGE_USED);
        }
      }
    }
  }

  /** On a node that has never seen anything; its answer is stored when this returns. */
  private Reply afresh(Caller caller, Supplier<Reply> work) {
    try (ReplayGuard node = new ReplayGuard(rows, ledger)) {
      return node.once(caller, HERE, Reply.JSON, List::of, work);
    }
  }

  private void claim(Caller caller, Duration lease) {
    ReplayRows.Key key = new ReplayRows.Key(Face.ESCROW, caller.merchant().id(), caller.digest());
    assertThat(ledger.commit(Change.at(NOW).write(rows.claim(key, HERE, NOW, lease)).build()))
        .isInstanceOf(Outcome.Committed.class);
  }

  private static Supplier<Reply> numbered(AtomicInteger worked) {
    return () -> Reply.ok(Reply.JSON, Bytes.utf8(Integer.toString(worked.incrementAndGet())));
  }

  private static Caller caller(String message) {
    Merchant merchant =
        new Merchant(
            MERCHANTS.incrementAndGet(),
            Face.ESCROW,
            "1",
            "测试",
            Map.of(),
            Map.of(),
            List.of(),
            Set.of(),
            Duration.ZERO);
    return new Caller(merchant, NOW, Bytes.utf8(message).sha256(), "127.0.0.1");
  }
}

package io.tongbao.server.channel;

import static io.tongbao.server.channel.Bench.MERCHANT;
import static io.tongbao.server.channel.Bench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Money;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.ChannelRequest.State;
import io.tongbao.server.channel.Discrepancies.Kind;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels are asked once, queried until known, and believed only where everything fits. */
class ChannelWorkerTest {
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void tellsTheAnswerAtOnce() {
    ChannelRequest request = bench.open("FIXED", Act.COLLECT, 100);
    ChannelWorker worker = bench.worker(new Scripted("FIXED", new Answer.Settled("S1")));

    assertThat(worker.askNow(MERCHANT, request.id(), NOON)).isEqualTo(new Answer.Settled("S1"));

    assertThat(bench.postings(request)).containsExactly("Settled");
    assertThat(bench.state(request).state()).isEqualTo(State.SETTLED);
    assertThat(bench.state(request).channelNo()).isEqualTo("S1");
  }

  @Test
  void knowsWhatNobodyCarries() {
    ChannelWorker worker = bench.worker(new Scripted("FIXED", new Answer.Settled("S1")));
    assertThat(worker.carries("FIXED")).isTrue();
    assertThat(worker.carries("OTHER")).isFalse();
  }

  @Test
  void declinesOnlyWhenTheChannelDoes() {
    ChannelRequest request = bench.open("FIXED", Act.COLLECT, 100);
    ChannelWorker worker = bench.worker(new Scripted("FIXED", new Answer.Declined("51", "余额不足")));

    worker.askNow(MERCHANT, request.id(), NOON);

    assertThat(bench.postings(request)).containsExactly("Declined");
    assertThat(bench.state(request).reason()).contains("余额不足");
  }

  @Test
  void queriesAfterSilenceAndNeverAsksAgain() {
    ChannelRequest request = bench.open("MUTE", Act.PAY_OUT, 100);
    Scripted channel = new Scripted("MUTE", new Answer.Unknown("timeout"));
    ChannelWorker worker = bench.worker(channel);
    worker.askNow(MERCHANT, request.id(), NOON);

    List<Duration> waits = new ArrayList<>();
    Instant now = bench.state(request).nextAt();
    for (int i = 0; i < 12; i++) {
      assertThat(worker.run(MERCHANT, now.minusMillis(1))).isZero();
      assertThat(worker.run(MERCHANT, now)).isEqualTo(1);
      Instant next = bench.state(request).nextAt();
      waits.add(Duration.ofSeconds(Math.round(Duration.between(now, next).toMillis() / 1000.0)));
      now = next;
    }

    assertThat(waits.stream().map(Duration::toSeconds))
        .containsExactly(2L, 5L, 10L, 30L, 60L, 300L, 600L, 1800L, 3600L, 3600L, 3600L, 3600L);
    assertThat(channel.asks.get()).isEqualTo(1);
    assertThat(channel.queries.get()).isEqualTo(12);
    assertThat(bench.postings(request)).isEmpty();
    assertThat(bench.state(request).state()).isEqualTo(State.ASKED);

    channel.answer = new Answer.Settled("late");
    worker.run(MERCHANT, now);
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void diedBeforeAskingAsksUnderTheSameNumber() {
    ChannelRequest request = bench.open("DEATH", Act.PAY_OUT, 100);
    assertThat(bench.requests.claimFirst(MERCHANT.id(), request.id())).isPresent(); // and dies
    Scripted channel = new Scripted("DEATH", new Answer.Settled("S"));
    channel.knows = false;
    ChannelWorker other = bench.worker(channel);

    assertThat(other.run(MERCHANT, NOON)).as("the lease is still held").isZero();
    bench.expireLeases();
    assertThat(other.run(MERCHANT, NOON)).isEqualTo(1);

    assertThat(channel.queries.get()).isEqualTo(1);
    assertThat(channel.asks.get()).isEqualTo(1);
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void diedBeforeRecordingFindsOutWithoutAsking() {
    ChannelRequest request = bench.open("DEATH", Act.PAY_OUT, 100);
    assertThat(bench.requests.claimFirst(MERCHANT.id(), request.id()))
        .isPresent(); // asks, and dies
    Scripted channel = new Scripted("DEATH", new Answer.Settled("S"));
    bench.expireLeases();

    bench.worker(channel).run(MERCHANT, NOON);

    assertThat(channel.asks.get()).isZero();
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void anExceptionIsNotAnAnswer() {
    ChannelRequest request = bench.open("BROKEN", Act.PAY_OUT, 100);
    Channel broken =
        new Channel() {
          @Override
          public String name() {
            return "BROKEN";
          }

          @Override
          public Answer ask(Merchant merchant, ChannelRequest asked, Instant now) {
            throw new IllegalStateException("unreadable");
          }

          @Override
          public Optional<Answer> query(Merchant merchant, ChannelRequest asked, Instant now) {
            throw new IllegalStateException("unreadable");
          }
        };

    Answer answer = bench.worker(broken).askNow(MERCHANT, request.id(), NOON);

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(bench.postings(request)).isEmpty();
    assertThat(bench.state(request).state()).isEqualTo(State.ASKED);
  }

  @Test
  void manyNodesAskOnce() throws Exception {
    Scripted channel = new Scripted("CROWD", new Answer.Settled("S"));
    for (int round = 0; round < 10; round++) {
      ChannelRequest request = bench.open("CROWD", Act.PAY_OUT, 100);
      List<ChannelWorker> nodes = List.of(bench.worker(channel), bench.worker(channel));
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        ChannelWorker node = nodes.get(i % 2);
        boolean direct = i < 8;
        calls.add(() ->
            direct
                ? node.askNow(MERCHANT, request.id(), NOON)
                : node.run(MERCHANT, NOON.plusSeconds(60)));
      }
      for (Object result : together(calls)) {
        assertThat(result).isNotInstanceOf(Answer.Unknown.class);
      }
      assertThat(bench.postings(request)).containsExactly("Settled");
      assertThat(channel.asks.get()).isEqualTo(round + 1);
    }
  }

  @Test
  void aHundredEqualReportsPostOnce() throws Exception {
    ChannelRequest request = bench.open("PAGE", Act.COLLECT, 500);
    ChannelWorker worker = bench.worker(new Scripted("PAGE", new Answer.Accepted("P1")));
    worker.askNow(MERCHANT, request.id(), NOON);

    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(() -> report(worker, request.id(), 500, new Answer.Settled("P1")));
    }
    List<Object> results = together(calls);

    assertThat(results).filteredOn(Applied.Done.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Applied.Repeated.class::isInstance).hasSize(99);
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void aWrongAmountPostsNothingAndIsKept() {
    ChannelRequest request = bench.open("PAGE", Act.COLLECT, 500);
    ChannelWorker worker = bench.worker(new Scripted("PAGE", new Answer.Accepted("P2")));
    worker.askNow(MERCHANT, request.id(), NOON);

    for (int i = 0; i < 3; i++) {
      assertThat(report(worker, request.id(), 501, new Answer.Settled("P2")))
          .isInstanceOf(Applied.Contradicted.class);
    }

    assertThat(bench.postings(request)).isEmpty();
    assertThat(kinds(request.id())).containsExactly(Kind.WRONG_AMOUNT);
  }

  @Test
  void aForeignOrUnknownRequestPostsNothing() {
    ChannelRequest request = bench.open("PAGE", Act.COLLECT, 500);
    ChannelWorker worker = bench.worker(new Scripted("PAGE", new Answer.Accepted("P3")));
    worker.askNow(MERCHANT, request.id(), NOON);
    Merchant other =
        new Merchant(
            2,
            MERCHANT.face(),
            "100000000002",
            "别的商户",
            MERCHANT.settings(),
            MERCHANT.keys(),
            List.of(),
            MERCHANT.hosts(),
            Duration.ZERO);

    worker.report(other, request.id(), Money.ofFen(500), new Answer.Settled("P3"), NOON);

    assertThat(bench.postings(request)).isEmpty();
    assertThat(bench.discrepancies.open(2))
        .extracting(Discrepancies.Discrepancy::kind)
        .containsExactly(Kind.UNKNOWN_REQUEST);
  }

  @Test
  void moneyForAClosedOrderIsKeptForPeople() {
    ChannelRequest request = bench.open("PAGE", Act.COLLECT, 500);
    ChannelWorker worker = bench.worker(new Scripted("PAGE", new Answer.Accepted("P4")));
    worker.askNow(MERCHANT, request.id(), NOON);
    assertThat(
            bench.settlement.commit(
                ChannelRequests.cancelling(MERCHANT.id(), request.id(), "订单已关闭", NOON)))
        .isTrue();

    report(worker, request.id(), 500, new Answer.Settled("P4"));

    assertThat(bench.postings(request)).isEmpty();
    assertThat(kinds(request.id())).containsExactly(Kind.CONTRADICTION);
  }

  @Test
  void moneyThatWasAskedToGoOutIsNotCancelled() {
    ChannelRequest waiting = bench.open("OUT", Act.PAY_OUT, 500);
    ChannelRequest asked = bench.open("OUT", Act.PAY_OUT, 500);
    bench.worker(new Scripted("OUT", new Answer.Accepted("O"))).askNow(MERCHANT, asked.id(), NOON);

    assertThat(bench.settlement.commit(cancelling(waiting))).isTrue();
    assertThat(bench.settlement.commit(cancelling(asked))).isFalse();
  }

  @Test
  void aReturnHeardFirstIsSettledBefore() {
    ChannelRequest request = bench.open("BACK", Act.PAY_OUT, 500);
    ChannelWorker worker = bench.worker(new Scripted("BACK", new Answer.Returned("B1", "账户已销户")));

    worker.askNow(MERCHANT, request.id(), NOON);

    assertThat(bench.postings(request)).containsExactly("Settled", "Returned");
    assertThat(bench.state(request).state()).isEqualTo(State.RETURNED);
  }

  @Test
  void aSettledRequestIsNotDeclinedLater() {
    ChannelRequest request = bench.open("FIXED", Act.PAY_OUT, 500);
    ChannelWorker worker = bench.worker(new Scripted("FIXED", new Answer.Settled("F")));
    worker.askNow(MERCHANT, request.id(), NOON);

    report(worker, request.id(), 500, new Answer.Declined("1", "失败"));

    assertThat(bench.postings(request)).containsExactly("Settled");
    assertThat(kinds(request.id())).containsExactly(Kind.CONTRADICTION);
  }

  @Test
  void oneDeafChannelDoesNotDelayAnother() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 40; i++) {
      bench.open("DEAF", Act.COLLECT, 100);
    }
    ChannelRequest request = bench.open("QUICK", Act.COLLECT, 100);
    Scripted deaf = new Scripted("DEAF", new Answer.Settled("D"));
    deaf.hold = release;
    Scripted quick = new Scripted("QUICK", new Answer.Settled("Q"));
    ChannelWorker worker = bench.worker(deaf, quick);

    worker.run(MERCHANT, NOON);

    assertThat(bench.postings(request)).containsExactly("Settled");
    assertThat(deaf.asks.get()).as("in flight at most 32").isEqualTo(32);
    release.countDown();
    worker.destroy();
  }

  private static Applied report(ChannelWorker worker, long id, long fen, Answer.Final answer) {
    return worker.report(MERCHANT, id, Money.ofFen(fen), answer, NOON);
  }

  private static io.tongbao.ledger.RowWrite cancelling(ChannelRequest request) {
    return ChannelRequests.cancelling(MERCHANT.id(), request.id(), "撤销", NOON);
  }

  private List<Kind> kinds(long request) {
    return bench.discrepancies.open(MERCHANT.id()).stream()
        .filter(each -> each.request() == request)
        .map(Discrepancies.Discrepancy::kind)
        .toList();
  }

  private static List<Object> together(List<Callable<Object>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Object> results = new ArrayList<>();
      for (Future<Object> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** A channel that says what it is told to. */
  private static final class Scripted implements Channel {
    final AtomicInteger asks = new AtomicInteger();
    final AtomicInteger queries = new AtomicInteger();
    volatile Answer answer;
    volatile boolean knows = true;
    volatile CountDownLatch hold = new CountDownLatch(0);
    private final String name;

    Scripted(String name, Answer answer) {
      this.name = name;
      this.answer = answer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Answer ask(Merchant merchant, ChannelRequest request, Instant now) {
      asks.incrementAndGet();
      try {
        hold.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return answer;
    }

    @Override
    public Optional<Answer> query(Merchant merchant, ChannelRequest request, Instant now) {
      queries.incrementAndGet();
      return knows ? Optional.of(answer) : Optional.empty();
    }
  }
}

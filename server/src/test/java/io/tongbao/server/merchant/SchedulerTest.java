package io.tongbao.server.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How jobs are run. */
@TestServer
class SchedulerTest {
  @Autowired private Merchants merchants;

  @Test
  void runsWhatIsDueUntilNothingIs() {
    Merchant made = merchants.all().getFirst();
    List<String> calls = new ArrayList<>();
    AtomicInteger left = new AtomicInteger(2);
    Job twice = job("twice", _ -> left.getAndDecrement() > 0 ? 1 : 0, calls);
    Job never = job("never", _ -> 0, calls);
    Job broken =
        job(
            "broken",
            _ -> {
              throw new IllegalStateException("meant to fail");
            },
            calls);
    Scheduler scheduler = new Scheduler(merchants, List.of(broken, twice, never));
    assertThat(scheduler.runDue(made)).containsExactly("twice");
    assertThat(calls).filteredOn("twice"::equals).hasSize(3);
    assertThat(calls).filteredOn("never"::equals).hasSize(3);
  }

  /** Whoever knows the merchant from before would take what the step made due for not yet ripe. */
  @Test
  void aJobSeesTheMerchantAsTheClockWasMoved() {
    Merchant before = merchants.all().getFirst();
    List<Duration> offsets = new CopyOnWriteArrayList<>();
    Job job =
        job(
            "look",
            merchant -> {
              offsets.add(merchant.clockOffset());
              return 0;
            },
            new CopyOnWriteArrayList<>());
    new Scheduler(merchants, List.of(job))
        .runDueAfter(before, () -> merchants.advance(before, Duration.ofHours(1)));
    assertThat(offsets).containsExactly(before.clockOffset().plus(Duration.ofHours(1)));
  }

  @Test
  void nobodyWaitsForALongJob() throws Exception {
    CountDownLatch others = new CountDownLatch(3);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Job writing =
        longJob(() -> {
          begun.countDown();
          await(others);
          ended.countDown();
        });
    Job paying =
        job(
            "pay",
            _ -> {
              await(begun);
              others.countDown();
              return 0;
            },
            new CopyOnWriteArrayList<>());
    Scheduler scheduler = new Scheduler(merchants, List.of(writing, paying));
    scheduler.start();
    try {
      await(begun);
      Merchant first = merchants.all().getFirst();
      // Whoever moves a clock finds done what a round has taken in hand.
      scheduler.runDueAfter(first, () -> assertThat(ended.getCount()).isZero());
    } finally {
      scheduler.stop();
    }
    assertThat(scheduler.isRunning()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A round every half second for each piece would take minutes. */
  @Test
  void aQueueIsWorkedOffWithoutWaitingForTheNextRound() throws Exception {
    Merchant busy = merchants.all().getFirst();
    CountDownLatch pieces = new CountDownLatch(300);
    Job queue =
        job(
            "queue",
            merchant -> {
              boolean something = merchant.id() == busy.id() && pieces.getCount() > 0;
              if (something) {
                pieces.countDown();
              }
              return something ? 1 : 0;
            },
            new CopyOnWriteArrayList<>());
    Scheduler scheduler = new Scheduler(merchants, List.of(queue));
    scheduler.start();
    try {
      assertThat(pieces.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      scheduler.stop();
    }
  }

  private static Job longJob(Runnable work) {
    return new Job() {
      @Override
      public String name() {
        return "long";
      }

      @Override
      public boolean isLong() {
        return true;
      }

      @Override
      public int run(Merchant merchant, Instant now) {
        work.run();
        return 0;
      }
    };
  }

  private static Job job(String name, ToIntFunction<Merchant> work, List<String> calls) {
    return new Job() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int run(Merchant merchant, Instant now) {
        calls.add(name);
        return work.applyAsInt(merchant);
      }
    };
  }
}

package io.tongbao.server.merchant;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What runs the {@link Job}s: every half second for each merchant, and at once when somebody moves
 * a merchant's clock. A few merchants at a time, so that jobs leave connections for requests; who
 * has much to do goes on for a while, but not for long, because others wait. Long jobs have a lane
 * of their own: nobody is paid later because a file is being written.
 */
@Component
public final class Scheduler implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration ROUND = Duration.ofMillis(500);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(1);
  private static final int MERCHANTS_AT_A_TIME = 3;
  private static final int LONG_AT_A_TIME = 1;
  private static final int MOST_PASSES = 100;

  private final Merchants merchants;
  private final List<Job> jobs;
  private @Nullable ScheduledExecutorService ticker;
  private volatile List<Lane> lanes = List.of();

  Scheduler(Merchants merchants, List<Job> jobs) {
    this.merchants = merchants;
    this.jobs = List.copyOf(jobs);
  }

  /**
   * Does all that is due for a merchant, also what becomes due by doing it, and gives the names of
   * the jobs that had something to do. Waits for the round that runs: what it has taken in hand is
   * done too when this returns.
   */
  public List<String> runDue(Merchant merchant) {
    return runDueAfter(merchant, () -> {});
  }

  /** Changes something while none of the merchant's jobs runs, then does what is due by it. */
  public List<String> runDueAfter(Merchant merchant, Runnable change) {
    List<ReentrantLock> turns = lanes.stream().map(lane -> lane.turn(merchant)).toList();
    turns.forEach(ReentrantLock::lock);
    try {
      change.run();
      return untilNothingIsDue(merchant);
    } finally {
      turns.forEach(ReentrantLock::unlock);
    }
  }

  private List<String> untilNothingIsDue(Merchant merchant) {
    Set<String> ran = new LinkedHashSet<>();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Set<String> now = pass(merchant, jobs);
      if (now.isEmpty()) {
        break;
      }
      ran.addAll(now);
    }
    return List.copyOf(ran);
  }

  private Set<String> pass(Merchant merchant, List<Job> all) {
    Set<String> ran = new LinkedHashSet<>();
    for (Job job : all) {
      try {
        // As the merchant is by now: since the round began, a tester may have moved the clock.
        Merchant now = merchants.byId(merchant.id());
        if (job.run(now, merchants.now(now)) > 0) {
          ran.add(job.name());
        }
      } catch (RuntimeException e) {
        LOG.error("job {} failed for merchant {}", job.name(), merchant.code(), e);
      }
    }
    return ran;
  }

  private void round(List<Lane> all) {
    try {
      for (Merchant merchant : merchants.all()) {
        all.forEach(lane -> lane.offer(merchant));
      }
    } catch (RuntimeException e) {
      LOG.warn("a round of the scheduler was left out", e);
    }
  }

  private Lane lane(String name, int atATime, Predicate<Job> chosen) {
    List<Job> own = jobs.stream().filter(chosen).toList();
    return new Lane(name, atATime, merchant -> turn(merchant, own));
  }

  private void turn(Merchant merchant, List<Job> own) {
    long end = System.nanoTime() + LONGEST_TURN.toNanos();
    boolean goesOn = true;
    while (goesOn) {
      goesOn = !pass(merchant, own).isEmpty() && System.nanoTime() < end;
    }
  }

  @Override
  public synchronized void start() {
    if (ticker != null) {
      return;
    }
    List<Lane> all =
        List.of(
            lane("job", MERCHANTS_AT_A_TIME, Predicate.not(Job::isLong)),
            lane("long-job", LONG_AT_A_TIME, Job::isLong));
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("jobs").factory());
    long millis = ROUND.toMillis();
    var ticks =
        clock.scheduleWithFixedDelay(() -> round(all), millis, millis, TimeUnit.MILLISECONDS);
    LOG.debug("jobs start in {} ms", ticks.getDelay(TimeUnit.MILLISECONDS));
    lanes = all;
    ticker = clock;
  }

  @Override
  public synchronized void stop() {
    if (ticker == null) {
      return;
    }
    ticker.shutdownNow();
    lanes.forEach(Lane::close);
    lanes.forEach(Lane::await);
    ticker = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return ticker != null;
  }
}

package io.tongbao.server.merchant;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What runs the {@link Job}s: every half second for each merchant, and at once when somebody moves
 * a merchant's clock. A few merchants at a time, so that jobs leave connections for requests; a
 * merchant whose last round still runs is passed over.
 */
@Component
public final class Scheduler implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration ROUND = Duration.ofMillis(500);
  private static final Duration LAST_ROUND = Duration.ofSeconds(12);
  private static final int MERCHANTS_AT_A_TIME = 3;
  private static final int MOST_PASSES = 100;

  private final Merchants merchants;
  private final List<Job> jobs;
  private final Set<Integer> running = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledExecutorService ticker;
  private @Nullable ExecutorService workers;

  Scheduler(Merchants merchants, List<Job> jobs) {
    this.merchants = merchants;
    this.jobs = List.copyOf(jobs);
  }

  /**
   * Does all that is due for a merchant, also what becomes due by doing it, and gives the names of
   * the jobs that had something to do.
   */
  public List<String> runDue(Merchant merchant) {
    Set<String> ran = new LinkedHashSet<>();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Set<String> now = pass(merchant);
      if (now.isEmpty()) {
        break;
      }
      ran.addAll(now);
    }
    return List.copyOf(ran);
  }

  private Set<String> pass(Merchant merchant) {
    Set<String> ran = new LinkedHashSet<>();
    for (Job job : jobs) {
      try {
        if (job.run(merchant, merchants.now(merchant)) > 0) {
          ran.add(job.name());
        }
      } catch (RuntimeException e) {
        LOG.error("job {} failed for merchant {}", job.name(), merchant.code(), e);
      }
    }
    return ran;
  }

  private void round(ExecutorService pool) {
    try {
      for (Merchant merchant : merchants.all()) {
        if (running.add(merchant.id())) {
          pool.execute(() -> once(merchant));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("a round of the scheduler was left out", e);
    }
  }

  private void once(Merchant merchant) {
    try {
      pass(merchant);
    } finally {
      running.remove(merchant.id());
    }
  }

  @Override
  public synchronized void start() {
    if (ticker != null) {
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            MERCHANTS_AT_A_TIME, Thread.ofVirtual().name("job-", 0).factory());
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("jobs").factory());
    long millis = ROUND.toMillis();
    var ticks =
        clock.scheduleWithFixedDelay(() -> round(pool), millis, millis, TimeUnit.MILLISECONDS);
    LOG.debug("jobs start in {} ms", ticks.getDelay(TimeUnit.MILLISECONDS));
    workers = pool;
    ticker = clock;
  }

  @Override
  public synchronized void stop() {
    if (ticker == null || workers == null) {
      return;
    }
    ticker.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    ticker = null;
    workers = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return ticker != null;
  }
}

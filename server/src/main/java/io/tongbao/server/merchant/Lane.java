package io.tongbao.server.merchant;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Where merchants' rounds are run, a few at a time. A merchant whose last round still runs here is
 * passed over.
 */
final class Lane {
  private static final Duration LAST_ROUND = Duration.ofSeconds(12);

  private final Consumer<Merchant> work;
  private final Set<Integer> running = ConcurrentHashMap.newKeySet();
  private final Map<Integer, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final ExecutorService workers;

  Lane(String name, int atATime, Consumer<Merchant> work) {
    this.work = work;
    this.workers =
        Executors.newFixedThreadPool(atATime, Thread.ofVirtual().name(name + "-", 0).factory());
  }

  void offer(Merchant merchant) {
    if (running.add(merchant.id())) {
      workers.execute(() -> once(merchant));
    }
  }

  private void once(Merchant merchant) {
    ReentrantLock turn = turn(merchant);
    try {
      if (turn.tryLock()) {
        try {
          work.accept(merchant);
        } finally {
          turn.unlock();
        }
      }
    } finally {
      running.remove(merchant.id());
    }
  }

  /** Who has it keeps the merchant's rounds out of this lane. */
  ReentrantLock turn(Merchant merchant) {
    return turns.computeIfAbsent(merchant.id(), _ -> new ReentrantLock());
  }

  /** Takes no more. */
  void close() {
    workers.shutdown();
  }

  /** Waits for the last rounds, and stops those that take too long. */
  void await() {
    try {
      if (!workers.awaitTermination(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

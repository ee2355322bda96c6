package io.tongbao.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Many callers at once, each waiting for its answer before it asks again. */
final class Load {
  private static final long LONGEST_NANOS = 120_000_000_000L;
  private static final int DIGITS = 3;

  private Load() {}

  /** What one caller does again and again; false when there is no more to do. */
  interface Caller {
    boolean once();
  }

  /** A caller of its own for each thread, numbered from 0. */
  interface Callers {
    Caller of(int thread);
  }

  /** What is done with each of a list. */
  interface Each<T> {
    void with(T item);
  }

  /** Calls for that many seconds, or until there is no more to do. */
  static Rate during(int seconds, Callers callers) {
    return during(Options.THREADS, seconds, callers);
  }

  /** The same with that many callers. */
  static Rate during(int threads, int seconds, Callers callers) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    return run(threads, callers, () -> System.nanoTime() < end);
  }

  /** Does something with every item, once. */
  static <T> Rate over(List<T> items, Each<T> each) {
    AtomicInteger next = new AtomicInteger();
    return run(
        Options.THREADS,
        _ ->
            () -> {
              int mine = next.getAndIncrement();
              if (mine >= items.size()) {
                return false;
              }
              each.with(items.get(mine));
              return true;
            },
        () -> true);
  }

  private static Rate run(int count, Callers callers, BooleanSupplier more) {
    List<Future<Histogram>> running = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        Caller caller = callers.of(i);
        running.add(threads.submit(() -> repeat(caller, more)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
    running.forEach(each -> all.add(result(each)));
    return new Rate(
        all.getTotalCount(),
        seconds,
        all.getValueAtPercentile(50) / 1e6,
        all.getValueAtPercentile(99) / 1e6);
  }

  private static Histogram repeat(Caller caller, BooleanSupplier more) {
    Histogram times = new Histogram(LONGEST_NANOS, DIGITS);
    while (more.getAsBoolean()) {
      long start = System.nanoTime();
      if (!caller.once()) {
        break;
      }
      times.recordValue(Math.min(System.nanoTime() - start, LONGEST_NANOS));
    }
    return times;
  }

  private static Histogram result(Future<Histogram> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new BenchFailed("a caller failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }
}

package io.tongbao.server.escrow.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many callers at the same time. */
final class Rush {
  private Rush() {}

  /** Does the same that often at the same time and gives what each returned. */
  static <T> List<T> together(int threads, Callable<T> call) throws Exception {
    return together(Collections.nCopies(threads, call));
  }

  /** Does all at the same time and gives what each returned. */
  static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(calls.size())) {
      List<Future<T>> running = pool.invokeAll(calls);
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }
}

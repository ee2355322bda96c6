package io.tongbao.server.edge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The messages that this node saw lately: a hint, of bounded size, that a message may not be new.
 * Kept in two generations; when the younger is full, the older is dropped.
 */
final class RecentKeys {
  private static final int GENERATION = 32_768;

  private record Generations(Set<ReplayRows.Key> young, Set<ReplayRows.Key> old) {
    static Generations after(Set<ReplayRows.Key> old) {
      return new Generations(ConcurrentHashMap.newKeySet(), old);
    }
  }

  private final AtomicReference<Generations> generations =
      new AtomicReference<>(Generations.after(Set.of()));

  /** Remembers a key; false where it was remembered already. */
  boolean add(ReplayRows.Key key) {
    Generations now = generations.get();
    if (now.old().contains(key) || !now.young().add(key)) {
      return false;
    }
    if (now.young().size() >= GENERATION) {
      generations.compareAndSet(now, Generations.after(now.young()));
    }
    return true;
  }
}

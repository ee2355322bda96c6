package io.tongbao.ledger;

import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change that is being written.
 *
 * @param transaction its ledger transaction's id; 0 for a change without a key and movements
 * @param at when, in microseconds as the database keeps it: it would round, and a moment must not
 *     slip into the next day
 */
record Accepted(Change change, Page page, long transaction, String at) {

  Accepted(Change change, Page page, long transaction) {
    this(change, page, transaction, change.at().truncatedTo(ChronoUnit.MICROS).toString());
  }

  int merchant() {
    Change.Key key = change.key();
    return key == null ? page.merchant() : key.merchant();
  }

  long order() {
    Change.Key key = change.key();
    return key == null ? 0 : key.order();
  }

  /** A part of the key, where there is one. */
  <T> @Nullable T key(Function<Change.Key, T> part) {
    Change.Key key = change.key();
    return key == null ? null : part.apply(key);
  }
}

package io.tongbao.ledger;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change that is being written.
 *
 * @param index its place in the batch
 * @param transaction its ledger transaction's id; 0 for a change without a key and movements
 */
record Accepted(int index, Change change, Page page, long transaction) {

  Instant at() {
    return change.at();
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

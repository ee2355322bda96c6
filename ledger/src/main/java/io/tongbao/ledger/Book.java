package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accounts, holds and keys that a batch touches, as they stand under the batch's locks. Judges
 * the changes one after the other without the database.
 */
final class Book {
  /** A key without what was done under it. */
  record Name(int merchant, String kind, String number) {
    static Name of(Change.Key key) {
      return new Name(key.merchant(), key.kind(), key.number());
    }
  }

  /** What was done under a key. */
  record Done(long transaction, Bytes fingerprint) {}

  /** The judge's word on a change. */
  sealed interface Ruling {
    /** Nothing is to be written: refused, in conflict, or done before. */
    record Answered(Outcome outcome) implements Ruling {}

    /** To be written. */
    record Accepted(Page page) implements Ruling {}
  }

  final Map<Long, AccountState> accounts = new HashMap<>();
  final Map<Long, HoldState> holds = new HashMap<>();
  final Map<Name, Done> keys = new HashMap<>();

  /** Decides; the book stays as it is. */
  Ruling judge(Change change) {
    Outcome earlier = earlier(change.key());
    if (earlier != null) {
      return new Ruling.Answered(earlier);
    }
    Page page = new Page(this);
    for (Movement movement : change.movements()) {
      Outcome refusal = page.write(movement);
      if (refusal != null) {
        return new Ruling.Answered(refusal);
      }
    }
    return new Ruling.Accepted(page);
  }

  /** Takes an accepted page over, so that the next change is judged after it. */
  void accept(Change change, Page page, long transaction) {
    accounts.putAll(page.accounts);
    holds.putAll(page.holds);
    Change.Key key = change.key();
    if (key != null) {
      keys.put(Name.of(key), new Done(transaction, key.fingerprint()));
    }
  }

  /** An account that the book is known to have. */
  AccountState account(long id) {
    return Objects.requireNonNull(accounts.get(id));
  }

  /** A hold that the book is known to have. */
  HoldState hold(long id) {
    return Objects.requireNonNull(holds.get(id));
  }

  private @Nullable Outcome earlier(Change.@Nullable Key key) {
    Done done = key == null ? null : keys.get(Name.of(key));
    if (key == null || done == null) {
      return null;
    }
    if (done.fingerprint().equals(key.fingerprint())) {
      return new Committed(done.transaction(), true);
    }
    return new Refused(Reason.KEY_REUSED, 0);
  }
}

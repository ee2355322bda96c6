package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision: the movements of money and the row writes that must go with them. All of it is
 * committed, or none.
 *
 * @param key makes the change happen once; null where the row writes themselves guard against a
 *     second time (an insert under a unique key, a guarded update)
 * @param at when, on the merchant's clock; entries are dated with it
 */
public record Change(
    @Nullable Key key, Instant at, List<Movement> movements, List<RowWrite> writes) {

  public Change {
    movements = List.copyOf(movements);
    writes = List.copyOf(writes);
  }

  /**
   * The idempotency key. The same key and fingerprint answers what the first one answered; the same
   * key with another fingerprint is refused. Refused changes leave no key behind.
   *
   * @param merchant the merchant's row id
   * @param kind what is done, such as {@code "deposit"}; at most 24 characters
   * @param number the business number, unique per merchant and kind
   * @param order the order's row id that the postings belong to, or 0
   * @param fingerprint SHA-256 over everything that the decision depends on
   */
  public record Key(int merchant, String kind, String number, long order, Bytes fingerprint) {}

  public static Builder at(Instant at) {
    return new Builder(at);
  }

  /** Collects a change step by step. */
  public static final class Builder {
    private final Instant at;
    private @Nullable Key key;
    private final List<Movement> movements = new ArrayList<>();
    private final List<RowWrite> writes = new ArrayList<>();

    private Builder(Instant at) {
      this.at = at;
    }

    public Builder key(Key newKey) {
      key = newKey;
      return this;
    }

    public Builder move(Movement movement) {
      movements.add(movement);
      return this;
    }

    public Builder moveAll(List<? extends Movement> all) {
      movements.addAll(all);
      return this;
    }

    public Builder write(RowWrite write) {
      writes.add(write);
      return this;
    }

    public Builder writeAll(List<RowWrite> all) {
      writes.addAll(all);
      return this;
    }

    public Change build() {
      return new Change(key, at, movements, writes);
    }
  }
}

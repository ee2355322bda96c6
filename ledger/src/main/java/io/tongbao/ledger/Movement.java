package io.tongbao.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change does to accounts. Amounts are fen. */
public sealed interface Movement {

  /** Entries that sum to zero, at least two. Each leg becomes one entry, in this order. */
  record Post(List<Leg> legs) implements Movement {
    public Post {
      legs = List.copyOf(legs);
    }
  }

  /** Sets {@code amount} of the available balance aside under a new hold. */
  record Freeze(long hold, long account, long amount, long order, String purpose)
      implements Movement {}

  /** Gives {@code amount} of a hold back to the available balance. */
  record Unfreeze(long hold, long amount) implements Movement {}

  /**
   * Releases {@code amount} of a hold and posts the legs in one step; the legs debit the hold's
   * account with at most {@code amount} in all.
   */
  record Capture(long hold, long amount, List<Leg> legs) implements Movement {
    public Capture {
      legs = List.copyOf(legs);
    }
  }

  /** Opens or locks an account. A locked one is neither debited nor credited. */
  record Lock(long account, boolean locked) implements Movement {}

  /**
   * One line of a posting.
   *
   * @param amount fen; positive is a credit to the account, negative a debit, never zero
   * @param remark what the statement shows beside it, at most 100 characters
   */
  record Leg(long account, long amount, @Nullable String remark) {
    public Leg(long account, long amount) {
      this(account, amount, null);
    }
  }
}

package io.tongbao.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change does to accounts. Amounts are fen. */
public sealed interface Movement {

  /**
   * Entries that sum to zero, at least two. Each leg becomes one entry, in this order, and a debit
   * must be covered when its turn comes: so put a credit before the debit that it pays for.
   */
  record Post(List<Leg> legs) implements Movement {
    public Post {
      legs = balanced(legs);
    }
  }

  /** Sets {@code amount} of the available balance aside under a new hold. */
  record Freeze(long hold, long account, long amount, long order, String purpose)
      implements Movement {
    public Freeze {
      requirePositive(amount);
    }
  }

  /** Gives {@code amount} of a hold back to the available balance. */
  record Unfreeze(long hold, long amount) implements Movement {
    public Unfreeze {
      requirePositive(amount);
    }
  }

  /**
   * Releases {@code amount} of a hold and posts the legs in one step; the legs debit the hold's
   * account with at most {@code amount} in all. Also where that account is locked meanwhile: its
   * money was already on the way out.
   */
  record Capture(long hold, long amount, List<Leg> legs) implements Movement {
    public Capture {
      requirePositive(amount);
      legs = balanced(legs);
    }
  }

  /**
   * Locks an account or opens it again. A locked one is neither debited nor credited, nor is
   * anything of it frozen; holds that it has can be released and captured.
   */
  record Lock(long account, boolean locked) implements Movement {}

  /**
   * One line of a posting.
   *
   * @param amount fen; positive is a credit to the account, negative a debit, never zero
   * @param remark what the statement shows beside it, at most 100 characters
   */
  record Leg(long account, long amount, @Nullable String remark) {
    public Leg {
      if (amount == 0) {
        throw new IllegalArgumentException("a leg of nothing");
      }
      if (remark != null && remark.codePointCount(0, remark.length()) > 100) {
        throw new IllegalArgumentException("a remark of more than 100 characters");
      }
    }

    public Leg(long account, long amount) {
      this(account, amount, null);
    }
  }

  private static List<Leg> balanced(List<Leg> legs) {
    if (legs.size() < 2) {
      throw new IllegalArgumentException("a posting needs two legs");
    }
    long sum = legs.stream().mapToLong(Leg::amount).reduce(0, Math::addExact);
    if (sum != 0) {
      throw new IllegalArgumentException("the legs sum to " + sum + ", not to zero");
    }
    return List.copyOf(legs);
  }

  private static void requirePositive(long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("not a positive amount: " + amount);
    }
  }
}

package io.tongbao.ledger;

import io.tongbao.kernel.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an account's entries, newest first.
 *
 * @param total how many entries the whole period has
 */
public record AccountStatement(long total, List<Line> lines) {
  public AccountStatement {
    lines = List.copyOf(lines);
  }

  /**
   * One entry.
   *
   * @param transaction with {@code leg}, the entry's name
   * @param at when, on the merchant's clock
   * @param amount positive for a credit, negative for a debit
   * @param frozenAfter what was frozen on the account after this entry
   * @param kind the change's kind; null for a change without a key, as is {@code number}
   * @param order the order's row id, or 0
   */
  public record Line(
      long transaction,
      int leg,
      Instant at,
      Money amount,
      Money balanceAfter,
      Money frozenAfter,
      @Nullable String kind,
      @Nullable String number,
      long order,
      @Nullable String remark) {

    public Money balanceBefore() {
      return balanceAfter.minus(amount);
    }

    /** A number that no other entry has. */
    public String id() {
      return transaction + "-" + leg;
    }
  }
}

package io.tongbao.ledger;

import io.tongbao.kernel.Money;

/**
 * What an account holds.
 *
 * @param total everything in it, the frozen part included
 * @param frozen what holds have set aside
 */
public record Balance(Money total, Money frozen) {
  public Money available() {
    return total.minus(frozen);
  }
}

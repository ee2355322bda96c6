package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;

/**
 * The order of something that nobody has to confirm: it has succeeded as soon as it exists, or a
 * bank must still say yes.
 *
 * @param number the merchant's own number
 * @param member the payee's row id
 * @param account the ledger account that the order credits
 */
record Immediate(
    Merchant merchant,
    Kind kind,
    String number,
    long member,
    long account,
    Money amount,
    Money fee,
    Order.Terms terms,
    Bytes fingerprint) {

  Order order(State state, Instant now) {
    return new Order(
        merchant.id(),
        Ids.next(),
        kind,
        number,
        Opening.number(),
        state,
        member,
        account,
        amount,
        fee,
        Confirmation.NONE,
        Money.ZERO,
        Money.ZERO,
        terms,
        fingerprint,
        null,
        0,
        now,
        now,
        state.isFinal() ? now : null);
  }
}

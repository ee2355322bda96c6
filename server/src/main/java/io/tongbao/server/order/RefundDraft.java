package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;

/**
 * A refund as the merchant asks for it. Specification escrow §4.2.17.
 *
 * @param number the merchant's own number of the refund
 * @param original the merchant's own number of the order that is given back
 * @param payer who paid it and gets it back
 * @param amount fen that are given back in all
 * @param coupons fen of it that go back to the platform's coupons
 * @param fee fen of it that the platform gives back of its fee
 * @param fingerprint of the merchant's request
 */
public record RefundDraft(
    String number,
    String original,
    Member payer,
    Money amount,
    Money coupons,
    Money fee,
    Order.Terms terms,
    Bytes fingerprint) {

  void check() {
    payer.requireActive();
    if (fee.isMoreThan(amount)) {
      throw Refusal.of(Reason.FEE_OVER_AMOUNT, "feeAmount");
    }
    Opening.checkAmounts(amount, fee);
    if (coupons.isNegative() || coupons.isMoreThan(amount)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "couponAmount");
    }
  }

  /** The refund's own order; it has no fee of its own. */
  Order order(Merchant merchant, State state, Instant now) {
    return new Immediate(
            merchant,
            Kind.REFUND,
            number,
            payer.id(),
            payer.account(),
            amount,
            Money.ZERO,
            terms,
            fingerprint)
        .order(state, now);
  }
}

package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * P2P 标的: a loan that members invest in. Row of table {@code bid}. Specification escrow §4.2.13,
 * §5.4.
 *
 * @param number the merchant's own number
 * @param goodsNo ours
 * @param member the borrower's row id
 * @param invested fen of investments that are open or paid, and not given back
 */
public record Bid(
    int merchant,
    long id,
    String number,
    String goodsNo,
    long member,
    String name,
    @Nullable String detail,
    @Nullable String showUrl,
    Terms terms,
    Money invested) {

  /**
   * What the merchant says of the loan.
   *
   * @param total what is to be paid back, with interest
   * @param highest what may be lent at most; absent: the amount
   * @param minimum the least that one investment may be
   * @param horizonScale 1 days, 2 months
   * @param repayType §6.7
   * @param guaranteeType §6.8
   */
  public record Terms(
      Money amount,
      Money total,
      @Nullable Money highest,
      @Nullable Money minimum,
      BigDecimal annualYield,
      int horizon,
      int horizonScale,
      @Nullable LocalDate begin,
      @Nullable LocalDate end,
      int repayType,
      int guaranteeType,
      @Nullable Integer repayPeriods) {}

  /** Fen that may still be invested. */
  public Money room() {
    Money highest = terms.highest();
    return (highest == null ? terms.amount() : highest).minus(invested);
  }

  /** Refuses an investment that is too small, too large, or leaves less than one may invest. */
  void check(Money investment) {
    Money minimum = terms.minimum();
    if (investment.isMoreThan(room())) {
      throw Refusal.of(Reason.GOODS_OVERSUBSCRIBED, "amount");
    }
    if (minimum == null) {
      return;
    }
    if (minimum.isMoreThan(investment)) {
      throw Refusal.of(Reason.BELOW_MINIMUM_INVESTMENT, "amount");
    }
    Money rest = room().minus(investment);
    if (rest.isPositive() && minimum.isMoreThan(rest)) {
      throw Refusal.of(Reason.REMAINDER_BELOW_MINIMUM, "amount");
    }
  }
}

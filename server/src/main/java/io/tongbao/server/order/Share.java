package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a refund gives back of one part of the original payment. Specification escrow §4.2.17: the
 * channel's part first, then balances; coupons all at once or not at all.
 *
 * @param part the part's number in the original order
 */
public record Share(int part, Way way, Money amount) {

  /** A part of the original payment and how much of it was given back before. */
  public record Paid(int part, Way way, Money amount, Money refunded) {
    Money left() {
      return amount.minus(refunded);
    }

    boolean isCoupon() {
      return Share.isCoupon(way);
    }
  }

  /** Whether the platform paid it for the payer. */
  static boolean isCoupon(Way way) {
    return way == Way.COUPON || way == Way.COUPONLIST;
  }

  /**
   * Divides a refund over the parts that paid.
   *
   * @param amount all that is given back, {@code coupons} included
   * @param coupons zero, or all that coupons paid
   */
  public static List<Share> of(Money amount, Money coupons, List<Paid> parts) {
    List<Share> shares = new ArrayList<>(money(amount.minus(coupons), parts));
    if (coupons.isPositive()) {
      shares.addAll(coupons(coupons, parts));
    }
    return shares;
  }

  private static List<Share> money(Money amount, List<Paid> parts) {
    List<Share> shares = new ArrayList<>();
    Money left = amount;
    for (Paid part : channelFirst(parts)) {
      Money given = left.isMoreThan(part.left()) ? part.left() : left;
      if (given.isPositive()) {
        shares.add(new Share(part.part, part.way, given));
        left = left.minus(given);
      }
    }
    if (!left.isZero()) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
    }
    return shares;
  }

  private static List<Paid> channelFirst(List<Paid> parts) {
    return parts.stream()
        .filter(part -> !part.isCoupon())
        .sorted(
            Comparator.comparing((Paid part) -> part.way.isInner()).thenComparingInt(Paid::part))
        .toList();
  }

  private static List<Share> coupons(Money amount, List<Paid> parts) {
    List<Paid> coupons = parts.stream().filter(Paid::isCoupon).toList();
    Money paid = coupons.stream().map(Paid::left).reduce(Money.ZERO, Money::plus);
    if (!paid.equals(amount)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "couponAmount");
    }
    return coupons.stream().map(part -> new Share(part.part, part.way, part.left())).toList();
  }
}

package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a split tree as the merchant wrote it: who takes how much of what reached the
 * giver, pays which fee of it, and gives on what. Specification escrow §5.3.
 *
 * @param taker the member's number, or {@link #PLATFORM}
 * @param accountSet null: the taker's usual one
 * @param amount fen, including the fee
 */
public record Split(
    String taker,
    @Nullable String accountSet,
    Money amount,
    Money fee,
    @Nullable String remark,
    List<Split> children) {

  /** The platform itself as a taker. */
  public static final String PLATFORM = "#yunBizUserId_application#";

  /** The member of a branch that has the branches below it. */
  public static final String CHILDREN = "splitRuleList";

  /** Levels below the order's own receiver. */
  public static final int MAX_DEPTH = 10;

  /** Branches of all levels together. */
  public static final int MAX_NODES = 200;

  public Split {
    children = List.copyOf(children);
  }

  /**
   * Refuses a tree that gives away more than there is, is too large, or gives to the giver.
   *
   * @param field where the request has the tree; what is wrong is named with its place there
   * @param giver who receives the order's money and gives level 1
   * @param net fen that reach the giver, after the order's own fee
   */
  public static void check(String field, String giver, Money net, List<Split> roots) {
    if (count(field, roots, 1) > MAX_NODES) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    checkLevel(field, giver, net, roots);
  }

  private static void checkLevel(String field, String giver, Money net, List<Split> splits) {
    Money left = net;
    for (int i = 0; i < splits.size(); i++) {
      Split split = splits.get(i);
      String place = field + "[" + i + "].";
      split.checkItself(place, giver);
      left = left.minus(split.amount);
      if (left.isNegative()) {
        throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, place + "amount");
      }
      checkLevel(place + CHILDREN, split.taker, split.amount.minus(split.fee), split.children);
    }
  }

  private void checkItself(String place, String giver) {
    if (!amount.isPositive() || amount.isMoreThan(Money.MAX)) {
      throw Refusal.of(Reason.BAD_AMOUNT, place + "amount");
    }
    if (fee.isNegative()) {
      throw Refusal.of(Reason.BAD_AMOUNT, place + "fee");
    }
    if (fee.isMoreThan(amount)) {
      throw Refusal.of(Reason.FEE_OVER_AMOUNT, place + "fee");
    }
    if (taker.equals(giver)) {
      throw Refusal.of(Reason.RULE_LIMIT, place + "bizUserId");
    }
  }

  private static int count(String field, List<Split> splits, int depth) {
    if (!splits.isEmpty() && depth > MAX_DEPTH) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    int nodes = splits.size();
    for (Split split : splits) {
      nodes += count(field, split.children, depth + 1);
    }
    return nodes;
  }
}

package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.Movement.Leg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A branch of an order's split tree with its place: who takes it is an account now. Row of table
 * {@code order_split}. Specification escrow §5.3.
 *
 * @param node from 1, in the order of a walk that visits a branch before its children
 * @param parent the node that gives it; 0 is the order's own receiver
 * @param member the taker's row id; 0 is the platform
 */
public record SplitNode(
    int node,
    int parent,
    long member,
    long account,
    Money amount,
    Money fee,
    @Nullable String remark) {

  /**
   * The postings of a whole tree: at each branch the giver pays, the taker receives and pays its
   * fee. In walking order no account gives what it has not received before.
   *
   * @param giver the account of the order's own receiver
   * @param fees the platform's account for fee income
   * @param nodes in walking order
   */
  public static List<Leg> legs(long giver, long fees, List<SplitNode> nodes) {
    Map<Integer, Long> accounts = new HashMap<>(Map.of(0, giver));
    List<Leg> legs = new ArrayList<>();
    for (SplitNode node : nodes) {
      Long from = accounts.get(node.parent);
      if (from == null) {
        throw new IllegalStateException("branch " + node.node + " comes before its giver");
      }
      accounts.put(node.node, node.account);
      legs.add(new Leg(from, -node.amount.fen(), node.remark));
      legs.add(new Leg(node.account, node.amount.fen(), node.remark));
      legs.addAll(fee(node.account, fees, node.fee));
    }
    return legs;
  }

  /** The two legs of a fee; none where there is no fee, or where it would go back to its payer. */
  public static List<Leg> fee(long payer, long fees, Money fee) {
    if (fee.isZero() || payer == fees) {
      return List.of();
    }
    return List.of(new Leg(payer, -fee.fen(), "手续费"), new Leg(fees, fee.fen(), "手续费"));
  }
}

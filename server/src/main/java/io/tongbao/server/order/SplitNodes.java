package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The split trees of orders: finds the accounts of a new one, keeps them all. */
@Component
final class SplitNodes {
  /** The platform's sets that may take a share: not those where collected money waits. */
  private static final Set<String> PLATFORM_SETS =
      Set.of(
          PlatformAccounts.OWN,
          PlatformAccounts.DEPOSIT,
          PlatformAccounts.RESERVE,
          PlatformAccounts.MARKETING,
          PlatformAccounts.CUSTOM);

  private static final String INSERT =
      """
      INSERT INTO order_split (merchant_id, order_id, node, parent, member_id, account, amount, fee,
        remark)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcClient jdbc;
  private final Members members;
  private final PlatformAccounts platform;
  private final AccountSets sets;

  SplitNodes(JdbcClient jdbc, Members members, PlatformAccounts platform, AccountSets sets) {
    this.jdbc = jdbc;
    this.members = members;
    this.platform = platform;
    this.sets = sets;
  }

  /**
   * Finds the takers of a checked tree and their accounts, in walking order.
   *
   * @param giver the account of the order's own receiver
   * @param field where the request has the tree
   */
  List<SplitNode> place(Merchant merchant, long giver, String field, List<Split> roots) {
    List<SplitNode> nodes = new ArrayList<>();
    place(merchant, giver, 0, field, roots, nodes);
    return nodes;
  }

  private void place(
      Merchant merchant,
      long giver,
      int parent,
      String field,
      List<Split> splits,
      List<SplitNode> nodes) {
    for (int i = 0; i < splits.size(); i++) {
      Split split = splits.get(i);
      String place = field + "[" + i + "].";
      SplitNode node = node(merchant, nodes.size() + 1, parent, place, split);
      if (node.account() == giver) {
        throw Refusal.of(Reason.RULE_LIMIT, place + "bizUserId");
      }
      nodes.add(node);
      place(merchant, node.account(), node.node(), place + Split.CHILDREN, split.children(), nodes);
    }
  }

  private SplitNode node(Merchant merchant, int number, int parent, String place, Split split) {
    long member = 0;
    long account;
    if (split.taker().equals(Split.PLATFORM)) {
      account = platformAccount(merchant, split.accountSet(), place + "accountSetNo");
    } else {
      Member taker = members.active(merchant, split.taker(), place + "bizUserId");
      sets.requireMembers(merchant, split.accountSet(), place + "accountSetNo");
      member = taker.id();
      account = taker.account();
    }
    return new SplitNode(
        number, parent, member, account, split.amount(), split.fee(), split.remark());
  }

  private long platformAccount(Merchant merchant, @Nullable String set, String field) {
    String wanted = set == null ? PlatformAccounts.OWN : set;
    if (!PLATFORM_SETS.contains(wanted)) {
      throw sets.unfit(merchant, wanted, field);
    }
    return platform.of(merchant, wanted);
  }

  /** The writes that keep the tree of a new order. */
  static List<RowWrite> open(Order order, List<SplitNode> nodes) {
    List<RowWrite> writes = new ArrayList<>();
    for (SplitNode node : nodes) {
      writes.add(
          RowWrite.of(
              "order split",
              INSERT,
              order.merchant(),
              order.id(),
              node.node(),
              node.parent(),
              node.member(),
              node.account(),
              node.amount().fen(),
              node.fee().fen(),
              node.remark()));
    }
    return writes;
  }

  /** The order's tree in walking order. */
  List<SplitNode> of(Order order) {
    return jdbc.sql(
            "SELECT * FROM order_split WHERE merchant_id = ? AND order_id = ? ORDER BY node")
        .params(order.merchant(), order.id())
        .query((row, _) ->
            new SplitNode(
                row.getInt("node"),
                row.getInt("parent"),
                row.getLong("member_id"),
                row.getLong("account"),
                Money.ofFen(row.getLong("amount")),
                Money.ofFen(row.getLong("fee")),
                row.getString("remark")))
        .list();
  }
}

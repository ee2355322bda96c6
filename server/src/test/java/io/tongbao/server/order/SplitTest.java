package io.tongbao.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Movement.Leg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final long FEES = 9;

  @Test
  void theSpecificationsExampleComesOutToTheFen() {
    List<Split> tree =
        List.of(
            split(
                "10000",
                1000,
                10,
                split("10001", 500, 0, split("10003", 100, 0)),
                split("10002", 200, 0, split("10004", 50, 0))));
    Split.check("splitRule", "payee", Money.ofFen(1000), tree);
    List<Leg> legs = SplitNode.legs(1, FEES, place(tree));

    assertThat(balances(legs))
        .containsEntry(10000L, 290L)
        .containsEntry(10001L, 400L)
        .containsEntry(10002L, 150L)
        .containsEntry(10003L, 100L)
        .containsEntry(10004L, 50L)
        .containsEntry(FEES, 10L)
        .containsEntry(1L, -1000L);
    assertThat(legs.stream().filter(leg -> leg.account() == 10000).map(Leg::amount))
        .containsExactly(1000L, -10L, -500L, -200L);
    assertThat(legs.stream().filter(leg -> leg.account() == 10002).map(Leg::amount))
        .containsExactly(200L, -50L);
  }

  @Test
  void refusesWhatGivesMoreThanThereIs() {
    assertThat(reason(100, split("a", 101, 0))).isEqualTo(Reason.WRONG_ORDER_AMOUNT);
    assertThat(reason(100, split("a", 60, 0), split("b", 41, 0)))
        .isEqualTo(Reason.WRONG_ORDER_AMOUNT);
    assertThat(reason(100, split("a", 100, 10, split("b", 91, 0))))
        .isEqualTo(Reason.WRONG_ORDER_AMOUNT);
    assertThat(reason(100, split("a", 100, 10, split("b", 90, 0)))).isNull();
    assertThat(reason(100, split("a", Long.MAX_VALUE, 0), split("b", Long.MAX_VALUE, 0)))
        .isEqualTo(Reason.BAD_AMOUNT);
  }

  @Test
  void refusesFeesOverTheAmountAndNegativeOnes() {
    assertThat(reason(100, split("a", 10, 11))).isEqualTo(Reason.FEE_OVER_AMOUNT);
    assertThat(reason(100, split("a", 10, 10))).isNull();
    assertThat(reason(100, split("a", 10, -1))).isEqualTo(Reason.BAD_AMOUNT);
    assertThat(reason(100, split("a", 0, 0))).isEqualTo(Reason.BAD_AMOUNT);
    assertThat(reason(100, split("a", -5, 0))).isEqualTo(Reason.BAD_AMOUNT);
    assertThat(reason(100, split("a", 10, 0, split("b", 5, 6)))).isEqualTo(Reason.FEE_OVER_AMOUNT);
  }

  @Test
  void refusesGivingToTheGiver() {
    assertThat(reason(100, split("payee", 10, 0))).isEqualTo(Reason.RULE_LIMIT);
    assertThat(reason(100, split("a", 10, 0, split("a", 5, 0)))).isEqualTo(Reason.RULE_LIMIT);
    assertThat(reason(100, split("a", 10, 0, split("b", 5, 0, split("a", 1, 0))))).isNull();
  }

  @Test
  void namesThePlaceOfWhatIsWrong() {
    Split good = split("a", 50, 0, split("b", 20, 0));
    assertThat(subject(good, split("c", 51, 0))).isEqualTo("splitRule[1].amount");
    assertThat(subject(good, split("c", 9, 10))).isEqualTo("splitRule[1].fee");
    assertThat(subject(good, split("payee", 1, 0))).isEqualTo("splitRule[1].bizUserId");
    assertThat(subject(good, split("c", 9, 0, split("d", 9, 0), split("e", 1, 0))))
        .isEqualTo("splitRule[1].splitRuleList[1].amount");
  }

  private static String subject(Split... roots) {
    return catchThrowableOfType(
            Refusal.class,
            () -> Split.check("splitRule", "payee", Money.ofFen(100), List.of(roots)))
        .subject();
  }

  @Test
  void refusesTreesThatAreTooDeepOrTooLarge() {
    assertThat(reason(100, chain(Split.MAX_DEPTH))).isNull();
    assertThat(reason(100, chain(Split.MAX_DEPTH + 1))).isEqualTo(Reason.BAD_FIELD);
    assertThat(reason(1000, wide(Split.MAX_NODES))).isNull();
    assertThat(reason(1000, wide(Split.MAX_NODES + 1))).isEqualTo(Reason.BAD_FIELD);
  }

  @Test
  void agreesWithARecursiveOracleOnFiveThousandTrees() {
    Random random = new Random(53);
    int accepted = 0;
    for (int round = 0; round < 5_000; round++) {
      long net = 1L + random.nextInt(2_000);
      List<Split> tree = randomTree(random, net, 0);
      boolean expected = oracleAccepts("payee", net, tree);
      assertThat(reason(net, tree.toArray(Split[]::new)) == null)
          .as("tree %s of %s", tree, net)
          .isEqualTo(expected);
      if (expected) {
        accepted++;
        Map<Long, Long> wanted = new HashMap<>();
        wanted.put(1L, net);
        oraclePays(1, tree, wanted);
        checkWalk(net, tree, wanted);
      }
    }
    assertThat(accepted).isBetween(1_000, 4_500);
  }

  /** Final balances are the oracle's, and on the way nobody gives what it does not have. */
  private static void checkWalk(long net, List<Split> tree, Map<Long, Long> wanted) {
    Map<Long, Long> balances = new HashMap<>(Map.of(1L, net));
    for (Leg leg : SplitNode.legs(1, FEES, place(tree))) {
      assertThat(leg.amount()).isNotZero();
      assertThat(balances.merge(leg.account(), leg.amount(), Long::sum)).isNotNegative();
    }
    wanted.values().removeIf(balance -> balance == 0);
    balances.values().removeIf(balance -> balance == 0);
    assertThat(balances).isEqualTo(wanted);
    assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(net);
  }

  private static boolean oracleAccepts(String giver, long net, List<Split> splits) {
    long sum = 0;
    for (Split split : splits) {
      sum += split.amount().fen();
      boolean itself =
          split.amount().fen() > 0
              && split.fee().fen() >= 0
              && split.fee().fen() <= split.amount().fen()
              && !split.taker().equals(giver);
      if (!itself
          || !oracleAccepts(
              split.taker(), split.amount().fen() - split.fee().fen(), split.children())) {
        return false;
      }
    }
    return sum <= net;
  }

  private static void oraclePays(long giver, List<Split> splits, Map<Long, Long> balances) {
    for (Split split : splits) {
      long taker = Long.parseLong(split.taker());
      balances.merge(giver, -split.amount().fen(), Long::sum);
      balances.merge(taker, split.amount().fen() - split.fee().fen(), Long::sum);
      balances.merge(FEES, split.fee().fen(), Long::sum);
      oraclePays(taker, split.children(), balances);
    }
  }

  private static List<Split> randomTree(Random random, long net, int depth) {
    List<Split> splits = new ArrayList<>();
    long left = net;
    int branches = depth > 4 ? 0 : random.nextInt(depth == 0 ? 4 : 3);
    for (int i = 0; i < branches && left > 0; i++) {
      long slip = random.nextInt(60) == 0 ? 1 + random.nextInt(9) : 0;
      long amount = random.nextInt(80) == 0 ? left + slip : 1 + random.nextLong(left) + slip;
      long fee = random.nextInt(4) == 0 ? random.nextLong(amount + 1) : 0;
      if (random.nextInt(60) == 0) {
        fee = amount + 1;
      }
      String taker = String.valueOf(100 + random.nextInt(40));
      splits.add(
          new Split(
              taker,
              null,
              Money.ofFen(amount),
              Money.ofFen(fee),
              null,
              randomTree(random, amount - Math.min(fee, amount), depth + 1)));
      left -= amount;
    }
    return splits;
  }

  /** Puts a tree in walking order; a taker's number is its account. */
  private static List<SplitNode> place(List<Split> tree) {
    List<SplitNode> nodes = new ArrayList<>();
    place(tree, 0, nodes);
    return nodes;
  }

  private static void place(List<Split> splits, int parent, List<SplitNode> nodes) {
    for (Split split : splits) {
      long account = Long.parseLong(split.taker());
      int node = nodes.size() + 1;
      nodes.add(
          new SplitNode(
              node, parent, account, account, split.amount(), split.fee(), split.remark()));
      place(split.children(), node, nodes);
    }
  }

  private static Map<Long, Long> balances(List<Leg> legs) {
    Map<Long, Long> balances = new HashMap<>();
    legs.forEach(leg -> balances.merge(leg.account(), leg.amount(), Long::sum));
    return balances;
  }

  private static @Nullable Reason reason(long net, Split... roots) {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> Split.check("splitRule", "payee", Money.ofFen(net), List.of(roots)));
    return refusal == null ? null : refusal.reason();
  }

  private static Split chain(int length) {
    Split split = split("n" + length, 10, 0);
    for (int i = length - 1; i > 0; i--) {
      split = split("n" + i, 10, 0, split);
    }
    return split;
  }

  private static Split[] wide(int nodes) {
    Split[] splits = new Split[nodes];
    for (int i = 0; i < nodes; i++) {
      splits[i] = split("n" + i, 1, 0);
    }
    return splits;
  }

  private static Split split(String taker, long amount, long fee, Split... children) {
    return new Split(taker, null, Money.ofFen(amount), Money.ofFen(fee), null, List.of(children));
  }
}

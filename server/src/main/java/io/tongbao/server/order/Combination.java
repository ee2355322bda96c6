package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import java.util.Set;

/**
 * The rules about which ways of paying go together, on which kinds of order, confirmed how.
 * Specification escrow §4.2.1 part three, §5.2, §6.20.
 */
public final class Combination {
  private Combination() {}

  /** Refuses tenders that an order of {@code kind} over {@code amount} cannot be paid with. */
  public static void check(
      Kind kind, Money amount, List<? extends Tender> tenders, Confirmation confirmation) {
    List<Way> ways = tenders.stream().map(Tender::way).toList();
    checkWays(kind, ways);
    checkSum(amount, tenders);
    checkConfirmation(ways, confirmation);
  }

  /**
   * Refuses ways that the application may not use: those that its setting {@code ways.closed}
   * names, separated by commas.
   */
  public static void checkPermissions(Merchant merchant, List<Way> ways) {
    String closed = merchant.settings().getOrDefault("ways.closed", "");
    Set<String> names = Set.copyOf(List.of(closed.split(",", -1)));
    for (Way way : ways) {
      if (names.contains(way.name())) {
        boolean out = way == Way.WITHDRAW_TLT;
        throw Refusal.of(
            out ? Reason.WITHDRAWAL_WAY_NOT_SET : Reason.PAYMENT_NOT_PERMITTED, way.name());
      }
    }
  }

  /** Refuses ways that cannot be used on the kind of order or not with each other. */
  public static void checkWays(Kind kind, List<Way> ways) {
    if (ways.isEmpty()) {
      throw Refusal.of(Reason.MISSING_FIELD, "payMethod");
    }
    if (ways.contains(Way.GATEWAY) && ways.contains(Way.QUICKPAY_N)) {
      throw Refusal.of(Reason.QUICKPAY_WITH_GATEWAY);
    }
    for (Way way : ways) {
      if (!isFor(kind, way)) {
        throw Refusal.of(Reason.RULE_LIMIT, way.name());
      }
      if (ways.size() > 1 && !way.isCombinable()) {
        throw Refusal.of(Reason.RULE_LIMIT, way.name());
      }
    }
    long outer = ways.stream().filter(way -> !way.isInner()).count();
    if (outer > 1 || (ways.size() > 1 && !takesCombinations(kind))) {
      throw Refusal.of(Reason.RULE_LIMIT, "payMethod");
    }
  }

  private static boolean isFor(Kind kind, Way way) {
    return switch (kind) {
      case DEPOSIT -> !way.isInner() && way.nature() != Way.Nature.OUTGOING;
      case WITHDRAWAL -> way.nature() == Way.Nature.OUTGOING;
      case PURCHASE ->
          way == Way.BALANCE || (!way.isInner() && way.nature() != Way.Nature.OUTGOING);
      case COLLECTION -> way.nature() != Way.Nature.OUTGOING;
      case DISBURSEMENT, BATCH_DISBURSEMENT, REFUND -> false;
    };
  }

  private static boolean takesCombinations(Kind kind) {
    return switch (kind) {
      case PURCHASE, COLLECTION -> true;
      case DEPOSIT, WITHDRAWAL, DISBURSEMENT, BATCH_DISBURSEMENT, REFUND -> false;
    };
  }

  private static void checkSum(Money amount, List<? extends Tender> tenders) {
    Money sum = Money.ZERO;
    for (Tender tender : tenders) {
      if (!tender.amount().isPositive()) {
        throw Refusal.of(Reason.BAD_AMOUNT, "payMethod." + tender.way() + ".amount");
      }
      sum = sum.plus(tender.amount());
    }
    if (!sum.equals(amount)) {
      throw Refusal.of(Reason.PARTS_DO_NOT_ADD_UP);
    }
  }

  /**
   * Refuses a confirmation that the ways do not take: whoever pays from an account of ours proves
   * himself to us, whatever a channel asks of him besides.
   */
  public static void checkConfirmation(List<Way> ways, Confirmation confirmation) {
    boolean unproven = confirmation == Confirmation.NONE && ways.stream().anyMatch(Way::isInner);
    boolean alone = ways.size() == 1;
    boolean allowed =
        ways.stream()
            .allMatch(way -> alone ? way.takes(confirmation) : way.takesTogether(confirmation));
    if (unproven || !allowed) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, "validateType");
    }
  }
}

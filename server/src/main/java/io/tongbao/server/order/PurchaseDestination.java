package io.tongbao.server.order;

import io.tongbao.ledger.Movement.Leg;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where a purchase's money goes: to the receiver, who pays the fee and gives the shares of the
 * first level; each taker does the same with its own. Specification escrow §4.2.4, §5.3.
 */
@Component
final class PurchaseDestination implements Destination {
  private final SplitNodes splits;
  private final PlatformAccounts platform;

  PurchaseDestination(SplitNodes splits, PlatformAccounts platform) {
    this.splits = splits;
    this.platform = platform;
  }

  @Override
  public Kind kind() {
    return Kind.PURCHASE;
  }

  @Override
  public Arrival arrival(Merchant merchant, Order order) {
    long fees = platform.of(merchant, PlatformAccounts.OWN);
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(order.account(), order.amount().fen(), "消费"));
    legs.addAll(SplitNode.fee(order.account(), fees, order.fee()));
    legs.addAll(SplitNode.legs(order.account(), fees, splits.of(order)));
    return new Arrival(legs, List.of(), Map.of());
  }
}

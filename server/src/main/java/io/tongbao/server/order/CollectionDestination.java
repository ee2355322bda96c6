package io.tongbao.server.order;

import io.tongbao.ledger.Movement.Leg;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where a collection's money goes: it waits in the platform's intermediate account, less the fee.
 * Specification escrow §4.2.5.
 */
@Component
final class CollectionDestination implements Destination {
  private final PlatformAccounts platform;

  CollectionDestination(PlatformAccounts platform) {
    this.platform = platform;
  }

  @Override
  public Kind kind() {
    return Kind.COLLECTION;
  }

  @Override
  public Arrival arrival(Merchant merchant, Order order) {
    long fees = platform.of(merchant, PlatformAccounts.OWN);
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(order.account(), order.amount().fen(), "托管代收"));
    legs.addAll(SplitNode.fee(order.account(), fees, order.fee()));
    return new Arrival(legs, List.of(Collections.filled(order)), Map.of());
  }
}

package io.tongbao.server.order;

import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where a collection's money goes: it waits in the platform's intermediate account, less the fee.
 * Of a bid, the notice says what may still be invested. Specification escrow §4.2.5, §4.2.12.
 */
@Component
final class CollectionDestination implements Destination {
  private final PlatformAccounts platform;
  private final CollectionRows rows;
  private final Bids bids;

  CollectionDestination(PlatformAccounts platform, CollectionRows rows, Bids bids) {
    this.platform = platform;
    this.rows = rows;
    this.bids = bids;
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
    return new Arrival(legs, List.of(CollectionRows.filled(order)), facts(merchant, order));
  }

  @Override
  public List<RowWrite> abandonment(Merchant merchant, Order order) {
    CollectionRows.Purpose purpose = rows.purpose(order);
    return purpose.invests()
        ? List.of(Bids.letGo(order.merchant(), purpose.ware().number(), order.amount()))
        : List.of();
  }

  private Map<String, Object> facts(Merchant merchant, Order order) {
    Ware ware = rows.purpose(order).ware();
    if (!ware.isBid()) {
      return Map.of();
    }
    Bid bid = bids.require(merchant, ware.number(), "goodsNo");
    return Map.of("remainAmount", bid.room().fen());
  }
}

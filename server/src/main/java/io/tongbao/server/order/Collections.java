package io.tongbao.server.order;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * 托管代收: members' money taken into the platform's intermediate account, where it waits to be
 * disbursed or given back. An investment in a bid is set aside there while it is open.
 * Specification escrow §4.2.5.
 */
@Component
public final class Collections {
  private final Openings openings;
  private final PlatformAccounts platform;
  private final Bids bids;

  Collections(Openings openings, PlatformAccounts platform, Bids bids) {
    this.openings = openings;
    this.platform = platform;
    this.bids = bids;
  }

  /** The account that collected money goes to. */
  public long receiver(Merchant merchant) {
    return platform.of(merchant, PlatformAccounts.FORWARD);
  }

  /** Opens a collection with what the payer needs to go on. */
  public Opened open(Draft draft, Trade trade, Ware ware) {
    Opening.checkAmounts(draft.amount(), draft.fee());
    CollectionRows.Purpose purpose = new CollectionRows.Purpose(trade, ware);
    if (ware.isBid()) {
      Bid bid = bids.require(draft.merchant(), ware.number(), "goodsNo");
      if (purpose.invests()) {
        bid.check(draft.amount());
      }
    }
    return openings.open(draft, order -> rows(order, purpose));
  }

  private static List<RowWrite> rows(Order order, CollectionRows.Purpose purpose) {
    List<RowWrite> rows = new ArrayList<>();
    rows.add(CollectionRows.open(order, purpose.trade(), purpose.ware()));
    if (purpose.invests()) {
      rows.add(Bids.invested(order.merchant(), purpose.ware().number(), order.amount()));
    }
    return rows;
  }
}

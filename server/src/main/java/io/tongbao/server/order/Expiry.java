package io.tongbao.server.order;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Closes orders that nobody confirmed in time: lets go what was set aside and stops waiting for the
 * bank. An order about which something else is decided meanwhile is left to that.
 */
@Component
final class Expiry implements Job {
  private static final int AT_A_TIME = 200;
  private static final String REASON = "订单已过期";

  private final Orders orders;
  private final Parts parts;
  private final Arrivals arrivals;
  private final Ledger ledger;

  Expiry(Orders orders, Parts parts, Arrivals arrivals, Ledger ledger) {
    this.orders = orders;
    this.parts = parts;
    this.arrivals = arrivals;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "expire-orders";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    int closed = 0;
    for (Order order : orders.expired(merchant, now, AT_A_TIME)) {
      if (ledger.commit(closing(merchant, order, now)) instanceof Outcome.Committed) {
        closed++;
      }
    }
    return closed;
  }

  private Change closing(Merchant merchant, Order order, Instant now) {
    Event expired = new Event.Expired();
    if (order.kind() == Kind.WITHDRAWAL) {
      return Change.at(now).writeAll(orders.move(order, expired, now)).build();
    }
    Payment payment = new Payment(order, parts.of(order));
    return arrivals
        .abandonment(merchant, payment, expired, now)
        .writeAll(payment.withdrawRequest(REASON, now))
        .build();
  }
}

package io.tongbao.server.order;

import io.tongbao.ledger.Change;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The change in which an inbound order succeeds, and the one in which it ends without money. */
@Component
final class Arrivals {
  private final Map<Kind, Destination> destinations = new EnumMap<>(Kind.class);
  private final Orders orders;
  private final Members members;

  Arrivals(List<Destination> destinations, Orders orders, Members members) {
    for (Destination destination : destinations) {
      if (this.destinations.put(destination.kind(), destination) != null) {
        throw new IllegalStateException("two destinations for " + destination.kind());
      }
    }
    this.orders = orders;
    this.members = members;
  }

  /** All parts have paid: money, order, kind's rows and the merchant's notice. */
  Change.Builder change(Merchant merchant, Payment payment, Instant now) {
    return change(merchant, members.byId(merchant, payment.order().member()), payment, now);
  }

  /** The same, where the payer has been read. */
  Change.Builder change(Merchant merchant, Member payer, Payment payment, Instant now) {
    Order order = payment.order();
    Destination.Arrival arrival = destination(order).arrival(merchant, order);
    return Change.at(now)
        .key(payment.key())
        .moveAll(payment.take(arrival.legs()))
        .writeAll(orders.move(order, new Event.Settled(), now))
        .writeAll(arrival.writes())
        .writeAll(OrderNews.succeeded(order, payer.bizUserId(), arrival.facts(), now));
  }

  /** It failed or expired: what was set aside is let go. Nobody is told of an inbound failure. */
  Change.Builder abandonment(Merchant merchant, Payment payment, Event event, Instant now) {
    Order order = payment.order();
    return Change.at(now)
        .moveAll(payment.letGo())
        .writeAll(orders.move(order, event, now))
        .writeAll(destination(order).abandonment(merchant, order));
  }

  private Destination destination(Order order) {
    Destination destination = destinations.get(order.kind());
    if (destination == null) {
      throw new IllegalStateException("nobody receives a " + order.kind());
    }
    return destination;
  }
}

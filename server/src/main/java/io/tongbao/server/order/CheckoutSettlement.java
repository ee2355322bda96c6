package io.tongbao.server.order;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Settlement;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Moves an inbound order by what the channel of its outer part answers. */
@Component
final class CheckoutSettlement implements Settlement {
  private final Orders orders;
  private final Parts parts;
  private final Arrivals arrivals;
  private final Merchants merchants;
  private final Ledger ledger;

  CheckoutSettlement(
      Orders orders, Parts parts, Arrivals arrivals, Merchants merchants, Ledger ledger) {
    this.orders = orders;
    this.parts = parts;
    this.arrivals = arrivals;
    this.merchants = merchants;
    this.ledger = ledger;
  }

  @Override
  public boolean handles(String owner) {
    return owner.equals(Checkout.OWNER);
  }

  @Override
  public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
    Order order = orders.byId(request.merchant(), request.order());
    return switch (answer) {
      case Answer.Settled _ -> apply(request, answer, order, new Event.Settled(), now);
      case Answer.Declined declined ->
          apply(request, answer, order, new Event.Declined(declined.reason()), now);
      case Answer.Returned _ -> new Applied.Contradicted("money that came in was returned");
    };
  }

  private Applied apply(
      ChannelRequest request, Answer.Final answer, Order order, Event event, Instant now) {
    boolean late = order.state() == State.UNPAID && !now.isBefore(order.expiresAt());
    if (event instanceof Event.Settled && late) {
      return new Applied.Contradicted("the order had expired");
    }
    return switch (Life.step(order.state(), event)) {
      case Life.Stay _ -> new Applied.Repeated();
      case Life.Contradiction contradiction -> new Applied.Contradicted(contradiction.why());
      case Life.Move _ -> move(request, answer, order, event, now);
    };
  }

  private Applied move(
      ChannelRequest request, Answer.Final answer, Order order, Event event, Instant now) {
    Merchant merchant = merchants.byId(order.merchant());
    Payment payment = new Payment(order, parts.of(order));
    Change.Builder change =
        event instanceof Event.Settled
            ? arrivals.change(merchant, payment, now)
            : arrivals.abandonment(merchant, payment, event, now);
    return applied(
        ledger.commit(change.write(ChannelRequests.closing(request, answer, now)).build()));
  }

  /**
   * The ledger's word, where money is already on its way: a locked member is waited for, because
   * the channel has been paid.
   */
  static Applied applied(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused
        && refused.reason() == Outcome.Reason.ACCOUNT_LOCKED) {
      return new Applied.Later("account " + refused.account() + " is locked");
    }
    return Applied.of(outcome);
  }
}

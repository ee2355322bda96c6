package io.tongbao.server.order;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Settlement;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Moves a refund by what the channel answers that must give its part back: then all parts are
 * given, or none. Specification escrow §4.2.17.
 */
@Component
final class RefundSettlement implements Settlement {
  private static final int MOST_ROUNDS = 20;

  private final Orders orders;
  private final Parts parts;
  private final RefundRows rows;
  private final Restitutions restitutions;
  private final Members members;
  private final Merchants merchants;
  private final Ledger ledger;

  RefundSettlement(
      Orders orders,
      Parts parts,
      RefundRows rows,
      Restitutions restitutions,
      Members members,
      Merchants merchants,
      Ledger ledger) {
    this.orders = orders;
    this.parts = parts;
    this.rows = rows;
    this.restitutions = restitutions;
    this.members = members;
    this.merchants = merchants;
    this.ledger = ledger;
  }

  @Override
  public boolean handles(String owner) {
    return owner.equals(Restitution.OWNER);
  }

  /** Another refund of the same original may get in between: then this one is decided again. */
  @Override
  public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Restitution restitution = restitution(orders.byId(request.merchant(), request.order()));
      Event event = event(answer);
      switch (Life.step(restitution.order().state(), event)) {
        case Life.Contradiction contradiction -> {
          return new Applied.Contradicted(contradiction.why());
        }
        case Life.Stay _ -> {
          return new Applied.Repeated();
        }
        case Life.Move _ -> {
          Outcome outcome = ledger.commit(change(restitution, request, answer, event, now));
          if (!(outcome instanceof Outcome.Conflict)) {
            return CheckoutSettlement.applied(outcome);
          }
        }
      }
    }
    return new Applied.Later("other refunds of the same order");
  }

  private static Event event(Answer.Final answer) {
    return switch (answer) {
      case Answer.Settled _ -> new Event.Settled();
      case Answer.Declined declined -> new Event.Declined(declined.reason());
      case Answer.Returned returned -> new Event.Declined(returned.reason());
    };
  }

  private Change change(
      Restitution restitution,
      ChannelRequest request,
      Answer.Final answer,
      Event event,
      Instant now) {
    Change.Builder change =
        event instanceof Event.Settled
            ? settled(restitution, now)
            : declined(restitution, event, now);
    return change
        .writeAll(orders.move(restitution.order(), event, now))
        .write(ChannelRequests.closing(request, answer, now))
        .build();
  }

  private Change.Builder settled(Restitution restitution, Instant now) {
    return Change.at(now)
        .key(restitution.key("refund"))
        .moveAll(restitution.capture())
        .writeAll(restitutions.given(restitution, now));
  }

  private Change.Builder declined(Restitution restitution, Event event, Instant now) {
    String reason = event instanceof Event.Declined declined ? declined.reason() : "";
    return Change.at(now)
        .moveAll(restitution.letGo())
        .writeAll(restitutions.release(restitution))
        .writeAll(restitution.failed(reason, now));
  }

  private Restitution restitution(Order order) {
    Merchant merchant = merchants.byId(order.merchant());
    Refund refund = rows.of(order);
    Order original = orders.byId(order.merchant(), refund.original());
    Member payer = members.byId(merchant, order.member());
    return restitutions.of(merchant, original, parts.of(original), order, refund, payer);
  }
}

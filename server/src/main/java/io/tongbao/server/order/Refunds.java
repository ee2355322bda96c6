package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 退款 of purchases and collections, whole or in part, never more than was paid. What a channel
 * brought goes back by that channel, except 实名付 and POS; everything else goes back to balances,
 * together with the channel's part or at once where there is none. Specification escrow §4.2.17.
 */
@Component
public final class Refunds {
  private final Orders orders;
  private final Parts parts;
  private final CollectionRows collections;
  private final Restitutions restitutions;
  private final Race race;

  Refunds(
      Orders orders,
      Parts parts,
      CollectionRows collections,
      Restitutions restitutions,
      Race race) {
    this.orders = orders;
    this.parts = parts;
    this.collections = collections;
    this.restitutions = restitutions;
    this.race = race;
  }

  /** Gives back at once, or sets aside and asks the channel; gives the refund's order as opened. */
  public Order open(Merchant merchant, RefundDraft draft, Instant now) {
    draft.check();
    if (orders.find(merchant, draft.number()).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
    }
    return race.run(Restitutions.MOVING, () -> decide(merchant, draft, now));
  }

  private Race.Decision<Order> decide(Merchant merchant, RefundDraft draft, Instant now) {
    Restitution restitution = restitution(merchant, draft, now);
    Order order = restitution.order();
    Change.Builder change = Change.at(now).writeAll(restitutions.opening(restitution));
    Refund.Given channel = restitution.refund().channel().orElse(null);
    if (channel == null) {
      give(restitution, change, now);
    } else {
      ask(restitution, channel, change, now);
    }
    return new Race.Decision<>(order, change.build());
  }

  private void give(Restitution restitution, Change.Builder change, Instant now) {
    change
        .key(restitution.key("refund"))
        .move(new Movement.Post(restitution.legs()))
        .writeAll(restitutions.given(restitution, now));
  }

  private static void ask(
      Restitution restitution, Refund.Given channel, Change.Builder change, Instant now) {
    change
        .key(restitution.key("refund-hold"))
        .moveAll(restitution.freeze())
        .write(ChannelRequests.opening(restitution.request(channel, now)));
  }

  private Restitution restitution(Merchant merchant, RefundDraft draft, Instant now) {
    Order original = original(merchant, draft);
    List<Part> paid = parts.of(original);
    List<Refund.Given> shares =
        Refund.shares(draft.amount(), draft.coupons(), paid, draft.payer().account());
    Money borne = draft.amount().minus(draft.fee());
    if (original.kind() == Kind.COLLECTION && borne.isMoreThan(collections.remaining(original))) {
      throw Refusal.of(Reason.INSUFFICIENT_BALANCE, "amount");
    }
    boolean waits = shares.stream().anyMatch(Refund.Given::byChannel);
    Refund refund =
        new Refund(
            original.id(),
            draft.coupons(),
            draft.fee(),
            shares,
            hold(waits, borne),
            hold(waits, draft.fee()));
    Order order = draft.order(merchant, waits ? State.IN_PROGRESS : State.SUCCEEDED, now);
    return restitutions.of(merchant, original, paid, order, refund, draft.payer());
  }

  private static @Nullable Long hold(boolean waits, Money amount) {
    return waits && amount.isPositive() ? Ids.next() : null;
  }

  /** The order that is given back, which allows it. */
  private Order original(Merchant merchant, RefundDraft draft) {
    Order original =
        orders
            .find(merchant, draft.original())
            .orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, "oriBizOrderNo"));
    if (original.kind() != Kind.PURCHASE && original.kind() != Kind.COLLECTION) {
      throw Refusal.of(Reason.WRONG_ORDER_TYPE, "oriBizOrderNo");
    }
    if (original.member() != draft.payer().id()) {
      throw Refusal.of(Reason.ORDER_OF_ANOTHER_MEMBER, "bizUserId");
    }
    if (!original.state().hasSucceeded()) {
      throw Refusal.of(Reason.WRONG_ORDER_STATE, "oriBizOrderNo");
    }
    if (draft.amount().isMoreThan(original.amount().minus(original.refunded()))) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
    }
    if (draft.fee().isMoreThan(original.fee().minus(original.feeRefunded()))) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "feeAmount");
    }
    return original;
  }
}

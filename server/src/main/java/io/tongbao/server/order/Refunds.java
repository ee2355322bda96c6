package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 退款 of purchases and collections, whole or in part, never more than was paid. What a channel
 * brought goes back by that channel, except 实名付 and POS; everything else goes back to balances,
 * together with the channel's part or at once where there is none. Specification escrow §4.2.17.
 */
@Component
public final class Refunds {
  private static final Set<String> MOVING =
      Set.of(Orders.STATE, Orders.ROOM, Parts.PART, Collections.REMAINDER);

  private final Orders orders;
  private final Parts parts;
  private final Collections collections;
  private final PlatformAccounts platform;
  private final Race race;

  Refunds(
      Orders orders, Parts parts, Collections collections, PlatformAccounts platform, Race race) {
    this.orders = orders;
    this.parts = parts;
    this.collections = collections;
    this.platform = platform;
    this.race = race;
  }

  /** Gives back at once, or sets aside and asks the channel; gives the refund's order as opened. */
  public Order open(Merchant merchant, RefundDraft draft, Instant now) {
    draft.check();
    if (orders.find(merchant, draft.number()).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
    }
    return race.run(MOVING, () -> decide(merchant, draft, now));
  }

  private Race.Decision<Order> decide(Merchant merchant, RefundDraft draft, Instant now) {
    Restitution restitution = restitution(merchant, draft, now);
    Order order = restitution.order();
    Change.Builder change =
        Change.at(now)
            .writeAll(orders.open(order))
            .writeAll(RefundRows.open(order, restitution.refund()))
            .writeAll(reservation(restitution));
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
        .writeAll(orders.move(restitution.original(), new Event.GivenBack(), now))
        .writeAll(restitution.succeeded(now));
  }

  private static void ask(
      Restitution restitution, Refund.Given channel, Change.Builder change, Instant now) {
    change
        .key(restitution.key("refund-hold"))
        .moveAll(restitution.freeze())
        .write(ChannelRequests.opening(restitution.request(channel, now)));
  }

  /** What is set aside of the original before anything is given. */
  private List<RowWrite> reservation(Restitution restitution) {
    Order original = restitution.original();
    Order order = restitution.order();
    Refund refund = restitution.refund();
    List<RowWrite> writes = new ArrayList<>();
    writes.add(orders.reserve(original, order.amount(), refund.fee()));
    for (Part part : restitution.parts()) {
      refund.shares().stream()
          .filter(given -> given.share().part() == part.seq())
          .forEach(given -> writes.add(Parts.givenBack(original, part, given.share().amount())));
    }
    if (original.kind() == Kind.COLLECTION && restitution.borne().isPositive()) {
      long borne = restitution.borne().fen();
      writes.add(Collections.taken(original.merchant(), original.id(), borne));
    }
    return writes;
  }

  private Restitution restitution(Merchant merchant, RefundDraft draft, Instant now) {
    Order original = original(merchant, draft);
    List<Part> paid = parts.of(original);
    List<Refund.Given> shares = shares(draft, paid);
    Money borne = draft.amount().minus(draft.fee());
    if (original.kind() == Kind.COLLECTION && borne.isMoreThan(collections.remaining(original))) {
      throw Refusal.of(Reason.INSUFFICIENT_BALANCE, "amount");
    }
    boolean waits = shares.stream().anyMatch(given -> Refund.goesByChannel(given.share().way()));
    Refund refund =
        new Refund(
            original.id(),
            draft.coupons(),
            draft.fee(),
            shares,
            hold(waits, borne),
            hold(waits, draft.fee()));
    Order order = draft.order(merchant, waits ? State.IN_PROGRESS : State.SUCCEEDED, now);
    return new Restitution(
        original,
        paid,
        order,
        refund,
        platform.of(merchant, PlatformAccounts.OWN),
        platform.of(merchant, PlatformAccounts.BACKWARD),
        draft.payer().bizUserId());
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

  private static List<Refund.Given> shares(RefundDraft draft, List<Part> paid) {
    List<Share.Paid> before =
        paid.stream()
            .map(part -> new Share.Paid(part.seq(), part.way(), part.amount(), part.refunded()))
            .toList();
    return Share.of(draft.amount(), draft.coupons(), before).stream()
        .map(share -> new Refund.Given(share, target(draft, paid, share)))
        .toList();
  }

  private static long target(RefundDraft draft, List<Part> paid, Share share) {
    return switch (share.way()) {
      case BALANCE, REALNAMEPAY, REALNAMEPAY_BATCH, POSPAY -> draft.payer().account();
      case COUPON,
          COUPONLIST,
          GATEWAY,
          WITHHOLD_TLT,
          QUICKPAY_N,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET,
          CODEPAY_W,
          CODEPAY_A,
          CODEPAY_Q,
          WITHDRAW_TLT ->
          paid.stream()
              .filter(part -> part.seq() == share.part())
              .findFirst()
              .orElseThrow()
              .account();
    };
  }
}

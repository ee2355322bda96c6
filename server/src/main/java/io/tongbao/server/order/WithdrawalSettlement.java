package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Settlement;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves a withdrawal by what the channel answers. */
@Component
final class WithdrawalSettlement implements Settlement {
  private final Orders orders;
  private final WithdrawalRows rows;
  private final PlatformAccounts accounts;
  private final Members members;
  private final Merchants merchants;
  private final Ledger ledger;

  WithdrawalSettlement(
      Orders orders,
      WithdrawalRows rows,
      PlatformAccounts accounts,
      Members members,
      Merchants merchants,
      Ledger ledger) {
    this.orders = orders;
    this.rows = rows;
    this.accounts = accounts;
    this.members = members;
    this.merchants = merchants;
    this.ledger = ledger;
  }

  @Override
  public boolean handles(String owner) {
    return owner.equals(Withdrawals.OWNER);
  }

  @Override
  public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
    Merchant merchant = merchants.byId(request.merchant());
    Order order = orders.byId(request.merchant(), request.order());
    Event event =
        switch (answer) {
          case Answer.Settled _ -> new Event.Settled();
          case Answer.Declined declined -> new Event.Declined(declined.reason());
          case Answer.Returned _ -> new Event.GivenBack();
        };
    return switch (Life.step(order.state(), event)) {
      case Life.Stay _ -> new Applied.Repeated();
      case Life.Contradiction contradiction -> new Applied.Contradicted(contradiction.why());
      case Life.Move _ ->
          CheckoutSettlement.applied(
              ledger.commit(
                  change(merchant, order, answer, now)
                      .writeAll(orders.move(order, event, now))
                      .write(ChannelRequests.closing(request, answer, now))
                      .build()));
    };
  }

  private Change.Builder change(Merchant merchant, Order order, Answer.Final answer, Instant now) {
    String buyer = members.byId(merchant, order.member()).bizUserId();
    return switch (answer) {
      case Answer.Settled _ ->
          Change.at(now)
              .key(key(order, "withdrawal"))
              .move(capture(merchant, order))
              .writeAll(OrderNews.succeeded(order, buyer, Map.of(), now));
      case Answer.Declined declined ->
          Change.at(now)
              .move(new Movement.Unfreeze(hold(order), order.amount().fen()))
              .writeAll(OrderNews.failed(order, buyer, declined.reason(), now));
      case Answer.Returned returned ->
          Change.at(now)
              .key(key(order, "withdrawal-return"))
              .move(giveBack(merchant, order))
              .write(orders.reserve(order, order.net(), Money.ZERO))
              .writeAll(OrderNews.failed(order, buyer, "退汇：" + returned.reason(), now));
    };
  }

  private Movement capture(Merchant merchant, Order order) {
    long net = order.net().fen();
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(order.account(), -net, "提现"));
    legs.add(new Leg(accounts.clearing(merchant, Withdrawals.CHANNEL), net, "提现"));
    if (order.fee().isPositive()) {
      long fee = order.fee().fen();
      legs.add(new Leg(order.account(), -fee, "提现手续费"));
      legs.add(new Leg(accounts.of(merchant, PlatformAccounts.OWN), fee, "提现手续费"));
    }
    return new Movement.Capture(hold(order), order.amount().fen(), legs);
  }

  /** The bank sent it back: the member has it again, without the fee. */
  private Movement giveBack(Merchant merchant, Order order) {
    long net = order.net().fen();
    return new Movement.Post(
        List.of(
            new Leg(accounts.clearing(merchant, Withdrawals.CHANNEL), -net, "退汇"),
            new Leg(order.account(), net, "退汇")));
  }

  private long hold(Order order) {
    return rows.of(order).requireHold();
  }

  private static Change.Key key(Order order, String kind) {
    return new Change.Key(order.merchant(), kind, order.orderNo(), order.id(), order.fingerprint());
  }
}

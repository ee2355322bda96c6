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
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Moves a disbursement to a bank account by what the bank answers. Money that the bank sends back
 * later stays in the payee's balance. Specification escrow §4.2.6.
 */
@Component
final class DisbursementSettlement implements Settlement {
  private static final String RETURNED = "退汇";

  private final Orders orders;
  private final DisbursementRows rows;
  private final SplitNodes splits;
  private final PlatformAccounts platform;
  private final Members members;
  private final Merchants merchants;
  private final Ledger ledger;

  DisbursementSettlement(
      Orders orders,
      DisbursementRows rows,
      SplitNodes splits,
      PlatformAccounts platform,
      Members members,
      Merchants merchants,
      Ledger ledger) {
    this.orders = orders;
    this.rows = rows;
    this.splits = splits;
    this.platform = platform;
    this.members = members;
    this.merchants = merchants;
    this.ledger = ledger;
  }

  @Override
  public boolean handles(String owner) {
    return owner.equals(Outlay.OWNER);
  }

  @Override
  public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
    Outlay outlay = outlay(orders.byId(request.merchant(), request.order()));
    Event event =
        switch (answer) {
          case Answer.Settled _ -> new Event.Settled();
          case Answer.Declined declined -> new Event.Declined(declined.reason());
          case Answer.Returned _ -> new Event.GivenBack();
        };
    return switch (Life.step(outlay.order().state(), event)) {
      case Life.Stay _ -> new Applied.Repeated();
      case Life.Contradiction contradiction -> new Applied.Contradicted(contradiction.why());
      case Life.Move _ ->
          CheckoutSettlement.applied(
              ledger.commit(
                  change(outlay, answer, now)
                      .writeAll(orders.move(outlay.order(), event, now))
                      .write(ChannelRequests.closing(request, answer, now))
                      .build()));
    };
  }

  /** A disbursement as it is stored. */
  Outlay outlay(Order order) {
    Merchant merchant = merchants.byId(order.merchant());
    Member payee = members.byId(merchant, order.member());
    return new Outlay(merchant, order, rows.of(order), splits.of(order), payee);
  }

  private Change.Builder change(Outlay outlay, Answer.Final answer, Instant now) {
    return switch (answer) {
      case Answer.Settled _ -> settled(outlay, now);
      case Answer.Declined declined -> declined(outlay, declined.reason(), now);
      case Answer.Returned returned -> returned(outlay, returned.reason(), now);
    };
  }

  private Change.Builder settled(Outlay outlay, Instant now) {
    long waiting = platform.of(outlay.merchant(), PlatformAccounts.FORWARD);
    long fees = platform.of(outlay.merchant(), PlatformAccounts.OWN);
    List<Leg> legs = outlay.legs(waiting, fees, clearing(outlay));
    Order order = outlay.order();
    return Change.at(now)
        .key(outlay.postingKey())
        .move(new Movement.Capture(outlay.requireHold(), order.amount().fen(), legs))
        .writeAll(OrderNews.succeeded(order, outlay.buyer(), Map.of(), now));
  }

  private Change.Builder declined(Outlay outlay, String reason, Instant now) {
    Order order = outlay.order();
    return Change.at(now)
        .move(new Movement.Unfreeze(outlay.requireHold(), order.amount().fen()))
        .writeAll(rows.restore(order))
        .writeAll(OrderNews.failed(order, outlay.buyer(), reason, now));
  }

  private Change.Builder returned(Outlay outlay, String reason, Instant now) {
    Order order = outlay.order();
    Money back = outlay.requireTarget().amount();
    return Change.at(now)
        .key(outlay.key("disbursement-return"))
        .move(
            new Movement.Post(
                List.of(
                    new Leg(clearing(outlay), -back.fen(), RETURNED),
                    new Leg(order.account(), back.fen(), RETURNED))))
        .write(orders.reserve(order, back, Money.ZERO))
        .writeAll(OrderNews.failed(order, outlay.buyer(), RETURNED + "：" + reason, now));
  }

  private long clearing(Outlay outlay) {
    return platform.clearing(outlay.merchant(), Withdrawals.CHANNEL);
  }
}

package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * 托管代付: collected money paid out of the intermediate account, to a member's balance at once or
 * through it to a bank account. Never more than what is left of the collections of the same trade
 * and goods; the earliest are used first. Specification escrow §4.2.6.
 */
@Component
public final class Disbursements {
  private static final Set<String> MOVING = Set.of(CollectionRows.REMAINDER);

  private final CollectionRows collections;
  private final SplitNodes splits;
  private final PlatformAccounts platform;
  private final Orders orders;
  private final Payee.Book payees;
  private final Race race;
  private final Commits commits;
  private final ChannelWorker channels;

  Disbursements(
      CollectionRows collections,
      SplitNodes splits,
      PlatformAccounts platform,
      Orders orders,
      Payee.Book payees,
      Race race,
      Commits commits,
      ChannelWorker channels) {
    this.collections = collections;
    this.splits = splits;
    this.platform = platform;
    this.orders = orders;
    this.payees = payees;
    this.race = race;
    this.commits = commits;
    this.channels = channels;
  }

  /** Pays, or opens the payment to the bank account and asks the bank; gives the order as it is. */
  public Order open(Merchant merchant, DisbursementDraft draft, Instant now) {
    State state = draft.target() == null ? State.SUCCEEDED : State.IN_PROGRESS;
    Outlay outlay = prepare(merchant, draft, Kind.DISBURSEMENT, state, now);
    try {
      pay(outlay, opening(outlay), true, now);
    } catch (Refusal refused) {
      throw takenMeanwhile(merchant, draft.number()).orElse(refused);
    }
    return state.isFinal() ? outlay.order() : orders.byId(merchant.id(), outlay.order().id());
  }

  /** Where money is missing because another request with the same number took it, that is told. */
  private Optional<Refusal> takenMeanwhile(Merchant merchant, String number) {
    return orders.find(merchant, number).map(_ -> Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo"));
  }

  /** Looks up what a draft names and gives the order that it would be. */
  Outlay prepare(Merchant merchant, DisbursementDraft draft, Kind kind, State state, Instant now) {
    draft.check();
    if (draft.target() != null && !channels.carries(Withdrawals.CHANNEL)) {
      throw Refusal.of(Reason.NO_CHANNEL, Withdrawals.CHANNEL);
    }
    if (orders.find(merchant, draft.number()).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
    }
    long account = draft.payee().account();
    List<SplitNode> shares = splits.place(merchant, account, "splitRuleList", draft.splits());
    Immediate immediate =
        new Immediate(
            merchant,
            kind,
            draft.number(),
            draft.payee().id(),
            account,
            draft.amount(),
            draft.fee(),
            draft.terms(),
            draft.fingerprint());
    Long hold = draft.target() == null ? null : Ids.next();
    Disbursement disbursement = new Disbursement(draft.trade(), draft.ware(), draft.target(), hold);
    return new Outlay(merchant, immediate.order(state, now), disbursement, shares, draft.payee());
  }

  /** The rows of a new disbursement. */
  List<RowWrite> opening(Outlay outlay) {
    List<RowWrite> writes = new ArrayList<>(orders.open(outlay.order()));
    writes.add(DisbursementRows.open(outlay.order(), outlay.disbursement()));
    writes.addAll(SplitNodes.open(outlay.order(), outlay.splits()));
    return writes;
  }

  /**
   * Moves the money, or sets it aside and asks the bank.
   *
   * @param moves the writes that bring the order to the state that belongs to it
   * @param waits whether the bank is asked and waited for here; otherwise it is asked by whoever
   *     comes by
   */
  void pay(Outlay outlay, List<RowWrite> moves, boolean waits, Instant now) {
    Disbursement.Target target = outlay.target();
    if (target == null) {
      race.run(MOVING, () -> decision(outlay, paid(outlay, now).writeAll(moves)));
      return;
    }
    ChannelRequest request =
        outlay.request(
            payees.facts(outlay.merchant(), outlay.payee(), outlay.order(), target.payee()), now);
    race.run(MOVING, () -> decision(outlay, asked(outlay, request, now).writeAll(moves)));
    if (waits && target.speed() == Speed.T0) {
      channels.askNow(outlay.merchant(), request.id(), now);
    }
    tellPending(outlay, now);
  }

  /** The merchant hears that the result is still to come, unless it has come meanwhile. */
  private void tellPending(Outlay outlay, Instant now) {
    Order order = orders.byId(outlay.merchant().id(), outlay.order().id());
    List<RowWrite> news = OrderNews.pending(order, outlay.buyer(), now);
    if (order.state() == State.IN_PROGRESS && !news.isEmpty()) {
      commits.attempt(Change.at(now).write(orders.touch(order)).writeAll(news).build());
    }
  }

  private Change.Builder paid(Outlay outlay, Instant now) {
    long waiting = platform.of(outlay.merchant(), PlatformAccounts.FORWARD);
    long fees = platform.of(outlay.merchant(), PlatformAccounts.OWN);
    return Change.at(now)
        .key(outlay.postingKey())
        .move(new Movement.Post(outlay.legs(waiting, fees)))
        .writeAll(OrderNews.succeeded(outlay.order(), outlay.buyer(), Map.of(), now));
  }

  private Change.Builder asked(Outlay outlay, ChannelRequest request, Instant now) {
    Order order = outlay.order();
    long waiting = platform.of(outlay.merchant(), PlatformAccounts.FORWARD);
    return Change.at(now)
        .key(outlay.key("disbursement-hold"))
        .move(
            new Movement.Freeze(
                outlay.requireHold(), waiting, order.amount().fen(), order.id(), "disbursement"))
        .write(ChannelRequests.opening(request));
  }

  private Race.Decision<Outlay> decision(Outlay outlay, Change.Builder change) {
    return new Race.Decision<>(outlay, change.writeAll(draw(outlay)).build());
  }

  private List<RowWrite> draw(Outlay outlay) {
    Disbursement disbursement = outlay.disbursement();
    long need = outlay.order().amount().fen();
    List<Draw> draws =
        collections.draw(outlay.merchant(), disbursement.trade(), disbursement.ware(), need);
    if (draws.isEmpty()) {
      throw Refusal.of(Reason.INSUFFICIENT_BALANCE, "amount");
    }
    return DisbursementRows.draw(outlay.order(), draws);
  }
}

package io.tongbao.server.order;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Withdrawals: a member's money goes to his bank account. It is set aside when he confirms, and
 * leaves when the channel has paid. Specification escrow §4.2.3.
 */
@Component
public final class Withdrawals {
  /** The {@link ChannelRequest#owner()} of requests that pay withdrawals. */
  static final String OWNER = "withdrawal";

  /** 通联通代付, the channel that pays out. */
  public static final String CHANNEL = "TLT";

  private final Orders orders;
  private final WithdrawalRows rows;
  private final Payee.Book payees;
  private final PaymentCodes codes;
  private final Proofs proofs;
  private final Commits commits;
  private final ChannelWorker worker;

  Withdrawals(
      Orders orders,
      WithdrawalRows rows,
      Payee.Book payees,
      PaymentCodes codes,
      Proofs proofs,
      Commits commits,
      ChannelWorker worker) {
    this.orders = orders;
    this.rows = rows;
    this.payees = payees;
    this.codes = codes;
    this.proofs = proofs;
    this.commits = commits;
    this.worker = worker;
  }

  /** Opens a withdrawal and sends the member the code that confirms it. */
  public Order open(Draft draft, Payee payee, Speed speed) {
    checkCoolDown(draft.merchant(), draft.payer(), draft.now());
    Order order = Opening.order(draft);
    if (order.net().isZero()) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "fee");
    }
    List<Way> ways = List.of(Way.WITHDRAW_TLT);
    Combination.checkConfirmation(ways, draft.confirmation());
    Combination.checkPermissions(draft.merchant(), ways);
    if (!worker.carries(CHANNEL)) {
      throw Refusal.of(Reason.NO_CHANNEL, CHANNEL);
    }
    if (orders.find(draft.merchant(), draft.number()).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
    }
    Optional<Codes.Draft> code = codes.draft(draft.merchant(), draft.payer(), order, List.of());
    commits.make(
        Change.at(draft.now())
            .writeAll(orders.open(order))
            .write(WithdrawalRows.open(order, payee, speed))
            .writeAll(code.map(Codes.Draft::writes).orElse(List.of()))
            .build());
    code.ifPresent(sending -> codes.send(draft.merchant(), sending));
    return order;
  }

  /**
   * The member confirms: the money is set aside, and the channel is asked.
   *
   * @param now the merchant's clock
   */
  public Progress confirm(Merchant merchant, Member member, Order order, Proof proof, Instant now) {
    Opening.checkPayable(member, order, now);
    checkCoolDown(merchant, member, now);
    Withdrawal withdrawal = rows.of(order);
    List<RowWrite> used = proofs.check(merchant, member, order, List.of(), proof, now);
    ChannelRequest request = request(merchant, member, order, withdrawal, now);
    long hold = Ids.next();
    commits.make(
        Change.at(now)
            .move(
                new Movement.Freeze(
                    hold, order.account(), order.amount().fen(), order.id(), "withdrawal"))
            .writeAll(orders.move(order, new Event.Confirmed(), now))
            .write(WithdrawalRows.asked(order, hold, request.id()))
            .write(ChannelRequests.opening(request))
            .writeAll(used)
            .build());
    Progress progress =
        withdrawal.speed() == Speed.T1
            ? new Progress.Pending()
            : Checkout.progress(worker.askNow(merchant, request.id(), now));
    if (progress instanceof Progress.Pending) {
      tellPending(merchant, member, order.number(), now);
    }
    return progress;
  }

  /**
   * A changed phone keeps its member from withdrawing for as many hours as the merchant's setting
   * says, none by default: whoever took the phone over shall not take the money too (THREATS
   * T3-10).
   */
  private static void checkCoolDown(Merchant merchant, Member member, Instant now) {
    Instant changed = member.phoneChangedAt();
    Duration wait = Duration.ofHours(merchant.number("withdraw.coolDownHours", 0));
    if (changed != null && now.isBefore(changed.plus(wait))) {
      throw Refusal.of(Reason.RULE_LIMIT, "phone");
    }
  }

  private ChannelRequest request(
      Merchant merchant, Member member, Order order, Withdrawal withdrawal, Instant now) {
    Map<String, String> facts = payees.facts(merchant, member, order, withdrawal.payee());
    return ChannelRequest.opened(
        order.merchant(),
        CHANNEL,
        Act.PAY_OUT,
        OWNER,
        order.id(),
        order.net(),
        facts,
        now,
        dueAt(withdrawal.speed(), now));
  }

  /** When the channel is asked: at once, or when the next day has begun. */
  public static Instant dueAt(Speed speed, Instant now) {
    return switch (speed) {
      case T0 -> now;
      case T1 -> BeijingTime.startOf(BeijingTime.dayOf(now).plusDays(1));
    };
  }

  /** The merchant hears that the result is still to come, unless it has come meanwhile. */
  private void tellPending(Merchant merchant, Member member, String number, Instant now) {
    Order order = orders.require(merchant, member.id(), number);
    List<RowWrite> news = OrderNews.pending(order, member.bizUserId(), now);
    if (order.state() == State.IN_PROGRESS && !news.isEmpty()) {
      commits.attempt(Change.at(now).write(orders.touch(order)).writeAll(news).build());
    }
  }
}

package io.tongbao.server.order;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One disbursement with all that its postings need. */
record Outlay(
    Merchant merchant,
    Order order,
    Disbursement disbursement,
    List<SplitNode> splits,
    Member payee) {

  /** The {@link ChannelRequest#owner()} of requests that pay disbursements out. */
  static final String OWNER = "disbursement";

  private static final String REMARK = "托管代付";

  Disbursement.@Nullable Target target() {
    return disbursement.target();
  }

  /** The payee's number, which notices carry. */
  String buyer() {
    return payee.bizUserId();
  }

  Disbursement.Target requireTarget() {
    Disbursement.Target target = disbursement.target();
    if (target == null) {
      throw new IllegalStateException("order " + order.orderNo() + " goes to no bank");
    }
    return target;
  }

  long requireHold() {
    Long hold = disbursement.hold();
    if (hold == null) {
      throw new IllegalStateException("order " + order.orderNo() + " has no hold");
    }
    return hold;
  }

  /** The idempotency key of the posting itself. */
  Change.Key postingKey() {
    return key(order.kind().name().toLowerCase(Locale.ROOT));
  }

  /** The idempotency key of another step of this disbursement. */
  Change.Key key(String step) {
    return new Change.Key(order.merchant(), step, order.orderNo(), order.id(), order.fingerprint());
  }

  /**
   * Out of the intermediate account into the payee's, the fee and the shares from there.
   *
   * @param waiting the intermediate account
   * @param fees the platform's account for fee income
   */
  List<Leg> legs(long waiting, long fees) {
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(waiting, -order.amount().fen(), REMARK));
    legs.add(new Leg(order.account(), order.amount().fen(), REMARK));
    legs.addAll(SplitNode.fee(order.account(), fees, order.fee()));
    legs.addAll(SplitNode.legs(order.account(), fees, splits));
    return legs;
  }

  /** The same, and the rest goes on to the bank. */
  List<Leg> legs(long waiting, long fees, long clearing) {
    List<Leg> legs = new ArrayList<>(legs(waiting, fees));
    long amount = requireTarget().amount().fen();
    legs.add(new Leg(order.account(), -amount, REMARK));
    legs.add(new Leg(clearing, amount, REMARK));
    return legs;
  }

  /**
   * What the bank is asked.
   *
   * @param facts what it must know of the account
   */
  ChannelRequest request(Map<String, String> facts, Instant now) {
    Disbursement.Target target = requireTarget();
    return ChannelRequest.opened(
        order.merchant(),
        Withdrawals.CHANNEL,
        Act.PAY_OUT,
        OWNER,
        order.id(),
        target.amount(),
        facts,
        now,
        Withdrawals.dueAt(target.speed(), now));
  }
}

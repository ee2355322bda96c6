package io.tongbao.server.payment;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a payout's parts move in the ledger, and under which keys. docs/recipes/payout.md. */
@Component
final class PayoutMoney {
  /** The kind of the posting by which a part leaves. */
  static final String OUT = "payout";

  /** The kind of the posting by which a part comes back. */
  static final String BACK = "payout-return";

  private final Brokers brokers;
  private final DealerAccounts accounts;

  PayoutMoney(Brokers brokers, DealerAccounts accounts) {
    this.brokers = brokers;
    this.accounts = accounts;
  }

  /** The channel has sent it: the hold is captured. */
  Movement out(Payout payout, Part part) {
    Broker.Accounts with = brokers.accounts(payout.merchant(), payout.broker());
    long purse = with.of(payout.channel());
    long fees = accounts.fee(payout.merchant());
    long amount = part.amount().fen();
    long fee = part.fee().fen();
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(purse, -amount, "经纪公司打款"));
    legs.add(new Leg(accounts.clearing(payout.merchant(), payout.channel()), amount, "经纪公司打款"));
    if (fee > 0) {
      legs.add(new Leg(purse, -fee, "经纪公司打款服务费"));
      legs.add(new Leg(fees, fee, "经纪公司打款服务费"));
    }
    legs.addAll(rebate(fees, with.rebate(), part, "服务费返点"));
    return new Movement.Capture(part.hold(), amount + fee, legs);
  }

  /** The channel refused it: the hold is let go. */
  static Movement letGo(Part part) {
    return new Movement.Unfreeze(part.hold(), part.amount().plus(part.fee()).fen());
  }

  /**
   * It came back: the amount and the fee, and what was given back of the fee goes the other way.
   */
  Movement back(Payout payout, Part part) {
    Broker.Accounts with = brokers.accounts(payout.merchant(), payout.broker());
    long purse = with.of(payout.channel());
    long fees = accounts.fee(payout.merchant());
    long amount = part.amount().fen();
    long fee = part.fee().fen();
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(accounts.clearing(payout.merchant(), payout.channel()), -amount, "经纪公司退汇"));
    legs.add(new Leg(purse, amount, "经纪公司退汇"));
    legs.addAll(rebate(with.rebate(), fees, part, "服务费返点退回"));
    if (fee > 0) {
      legs.add(new Leg(fees, -fee, "经纪公司退汇手续费"));
      legs.add(new Leg(purse, fee, "经纪公司退汇手续费"));
    }
    return new Movement.Post(legs);
  }

  /** Makes a part's posting happen once. */
  static Change.Key key(Payout payout, Part part, String kind) {
    String number = payout.ref() + "-" + part.side();
    return new Change.Key(payout.merchant(), kind, number, payout.id(), payout.fingerprint());
  }

  private static List<Leg> rebate(long from, long to, Part part, String remark) {
    long rebate = part.rebate().fen();
    return rebate == 0
        ? List.of()
        : List.of(new Leg(from, -rebate, remark), new Leg(to, rebate, remark));
  }
}

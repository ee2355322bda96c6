package io.tongbao.simulation;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import org.jspecify.annotations.Nullable;

/** One order as its merchant lives through it: opened, then perhaps paid. */
final class Journey {
  /** What the sandbox texts for 实名付. */
  private static final String CARD_CODE = "9999";

  enum Kind {
    DEPOSIT,
    PURCHASE,
    WITHDRAWAL
  }

  private final World world;
  private final Kind kind;
  private final String number;
  private final Actor payer;
  private final Actor receiver;
  private final Money amount;
  private final Money fee;
  private final Ask<OrderCalls.Opened> open;
  private volatile @Nullable Ask<OrderCalls.Paid> pay;

  Journey(
      World world, Kind kind, String number, Actor payer, Actor receiver, Money amount, Money fee) {
    this.world = world;
    this.kind = kind;
    this.number = number;
    this.payer = payer;
    this.receiver = receiver;
    this.amount = amount;
    this.fee = fee;
    this.open = Ask.of(world.client(), opening());
  }

  private EscrowCall<OrderCalls.Opened> opening() {
    String set = world.accountSet();
    return switch (kind) {
      case DEPOSIT ->
          new OrderCalls.Deposit(
              number,
              payer.member(),
              set,
              amount,
              fee,
              Payment.realNamePay(payer.card(), amount),
              world.terms());
      case PURCHASE ->
          new OrderCalls.Consume(
              payer.member(),
              receiver.member(),
              number,
              amount,
              fee,
              null,
              Payment.balance(set, amount),
              null,
              null,
              world.terms());
      case WITHDRAWAL ->
          new OrderCalls.Withdraw(
              number,
              payer.member(),
              set,
              amount,
              fee,
              Payment.payout(),
              payer.card(),
              0,
              "T0",
              world.terms());
    };
  }

  /** Opens the order and pays it, as far as the platform answers. */
  void travel() {
    open.send();
    OrderCalls.Opened opened = open.answer();
    if (opened == null) {
      return;
    }
    String code = code(opened.orderNo());
    if (code != null) {
      Ask<OrderCalls.Paid> paying =
          Ask.of(world.client(), new OrderCalls.Pay(payer.member(), number, code));
      pay = paying;
      paying.send();
    }
  }

  private @Nullable String code(String orderNo) {
    if (kind == Kind.DEPOSIT) {
      return CARD_CODE;
    }
    try {
      return world.sandbox().codes(payer.phone()).get(orderNo);
    } catch (RuntimeException noInbox) {
      return null;
    }
  }

  /** What this order, once it has succeeded, changed on the member's account. Fen. */
  long change(String member) {
    long change = 0;
    if (member.equals(payer.member())) {
      change += kind == Kind.DEPOSIT ? amount.fen() - fee.fen() : -amount.fen();
    }
    if (kind == Kind.PURCHASE && member.equals(receiver.member())) {
      change += amount.fen() - fee.fen();
    }
    return change;
  }

  String number() {
    return number;
  }

  Actor payer() {
    return payer;
  }

  Actor receiver() {
    return receiver;
  }

  Ask<OrderCalls.Opened> open() {
    return open;
  }

  @Nullable Ask<OrderCalls.Paid> pay() {
    return pay;
  }

  @Override
  public String toString() {
    return kind + " " + number + " opened: " + open + ", paid: " + pay;
  }
}

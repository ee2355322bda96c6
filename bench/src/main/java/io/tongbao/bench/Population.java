package io.tongbao.bench;

import io.tongbao.client.escrow.CardCalls;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Sandbox;
import io.tongbao.kernel.Money;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Members who can pay: each with a phone, a real name, a card for 实名付 and a balance. */
public final class Population {
  private static final int REALNAMEPAY_BINDING = 3;
  private static final String SUCCESS = "success";

  private final EscrowClient client;
  private final Sandbox sandbox;
  private final Terms terms;

  /**
   * @param terms what their deposits carry
   */
  public Population(EscrowClient client, Sandbox sandbox, Terms terms) {
    this.client = client;
    this.sandbox = sandbox;
    this.terms = terms;
  }

  /** Makes that many members, each with {@code balance} on account. */
  public List<Actor> enrol(int count, Money balance) {
    List<Actor> people =
        IntStream.range(0, count).mapToObj(i -> Actor.called("m" + i, "李雪梅")).toList();
    Load.over(people, person -> enrol(person, balance));
    return people;
  }

  private void enrol(Actor person, Money balance) {
    String member = person.member();
    client.call(new MemberCalls.Create(member, MemberType.PERSON, Source.MOBILE));
    client.call(new MemberCalls.SendCode(member, person.phone()));
    client.call(new MemberCalls.BindPhone(member, person.phone(), sandbox.code(person.phone())));
    client.call(new MemberCalls.SetRealName(member, person.name(), person.identity()));
    bindCard(person);
    deposit(person, balance);
  }

  private void bindCard(Actor person) {
    var applied =
        client.call(
            new CardCalls.ApplyBind(
                person.member(),
                person.card(),
                person.phone(),
                person.name(),
                REALNAMEPAY_BINDING,
                person.identity()));
    client.call(
        new CardCalls.Bind(
            person.member(),
            Objects.requireNonNull(applied.trace(), "tranceNum"),
            applied.date(),
            person.phone(),
            sandbox.code(person.phone())));
  }

  private void deposit(Actor person, Money amount) {
    String number = "deposit-" + person.member();
    client.call(
        new OrderCalls.Deposit(
            number,
            person.member(),
            client.credentials().accountSetNo(),
            amount,
            Money.ZERO,
            Payment.realNamePay(person.card(), amount),
            terms));
    var paid =
        client.call(new OrderCalls.Pay(person.member(), number, sandbox.code(person.phone())));
    if (!paid.status().equals(SUCCESS)) {
      throw new BenchFailed("a deposit ended as " + paid.status());
    }
  }
}

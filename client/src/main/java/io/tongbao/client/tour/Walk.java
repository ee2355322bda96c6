package io.tongbao.client.tour;

import io.tongbao.client.escrow.CardCalls;
import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Terms;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A merchant on a walk through the escrow face: what every story does, each call printed with what
 * was sent and what came, each balance compared.
 */
final class Walk {
  private static final int REALNAMEPAY_BINDING = 3;
  private static final String SUCCESS = "success";

  private final Sandbox sandbox;
  private final Story story;
  private final EscrowClient client;
  private final String run = Ids.digits(8);

  Walk(Sandbox sandbox, Story story) {
    this.sandbox = sandbox;
    this.story = story;
    EscrowCredentials credentials = EscrowCredentials.of(sandbox.credentials().required("escrow"));
    sandbox.readClock(credentials.sysid());
    this.client = EscrowClient.at(sandbox.base(), credentials, sandbox.clock());
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Story story() {
    return story;
  }

  EscrowClient client() {
    return client;
  }

  String accountSet() {
    return client.credentials().accountSetNo();
  }

  /** What sets this walk's numbers apart from those of other walks. */
  String run() {
    return run;
  }

  String number(String name) {
    return name + "-" + run;
  }

  /** Orders whose notices go to the sandbox's receiver of this name. */
  Terms terms(String receiver) {
    return Terms.to(sandbox.catchUrl(number(receiver)));
  }

  <R> R call(EscrowCall<R> call) {
    story.sent(call.method() + " " + call);
    R answer = client.call(call);
    story.came(answer);
    return answer;
  }

  /** A call that must be refused with this code. */
  void refused(String code, EscrowCall<?> call) {
    story.sent(call.method() + " " + call);
    try {
      Object answer = client.call(call);
      story.came(answer);
      throw new TourFailed(call.method() + " was not refused with " + code);
    } catch (EscrowRefused refused) {
      story.came(refused.code() + " " + refused.reason());
      story.expect("errorCode", code, refused.code());
    }
  }

  void enrol(Actor actor, boolean withCard) {
    story.step("创建会员 " + actor.member());
    var created = call(new MemberCalls.Create(actor.member(), MemberType.PERSON, Source.MOBILE));
    story.expect("bizUserId", actor.member(), created.member());
    story.step("绑定手机");
    bindPhone(actor);
    story.step("实名认证");
    call(new MemberCalls.SetRealName(actor.member(), actor.name(), actor.identity()));
    if (withCard) {
      bindCard(actor);
    }
  }

  void bindPhone(Actor actor) {
    call(new MemberCalls.SendCode(actor.member(), actor.phone()));
    call(new MemberCalls.BindPhone(actor.member(), actor.phone(), sandbox.code(actor.phone())));
  }

  private void bindCard(Actor actor) {
    story.step("绑定银行卡 (实名付)");
    var applied =
        call(
            new CardCalls.ApplyBind(
                actor.member(),
                actor.card(),
                actor.phone(),
                actor.name(),
                REALNAMEPAY_BINDING,
                actor.identity()));
    String trace = applied.trace();
    if (trace == null) {
      throw new TourFailed("no tranceNum");
    }
    call(
        new CardCalls.Bind(
            actor.member(), trace, applied.date(), actor.phone(), sandbox.code(actor.phone())));
    var cards = call(new CardCalls.Query(actor.member(), null));
    story.expect("bound cards", 1, cards.cards().size());
    story.expect("实名付", true, cards.cards().getFirst().realNamePay());
  }

  /** A deposit from the bound card, paid at once. */
  void deposit(Actor actor, String number, Money amount, Money fee, Terms terms) {
    call(
        new OrderCalls.Deposit(
            number,
            actor.member(),
            accountSet(),
            amount,
            fee,
            Payment.realNamePay(actor.card(), amount),
            terms));
    pay(actor, number);
  }

  void pay(Actor actor, String number) {
    var paid = call(new OrderCalls.Pay(actor.member(), number, sandbox.code(actor.phone())));
    story.expect("payStatus", SUCCESS, paid.status());
  }

  void status(String member, String number, int expected) {
    story.expect("orderStatus", expected, client.call(new OrderCalls.Get(member, number)).state());
  }

  void balance(String member, long total, long frozen) {
    MoneyCalls.Balance balance = client.call(new MoneyCalls.GetBalance(member, accountSet()));
    story.expect(member + " has", Money.ofFen(total), balance.total());
    story.expect("  of it frozen", Money.ofFen(frozen), balance.frozen());
  }

  /** What an account set of the platform's own holds, in fen. */
  long platform(String set) {
    JsonNode accounts = sandbox.get("accounts?merchant=" + client.credentials().sysid());
    for (JsonNode account : accounts) {
      if (account.required("accountSetNo").asString().equals(set)) {
        return account.required("balance").asLong();
      }
    }
    throw new TourFailed("the platform has no account " + set);
  }

  /** So that the next message is not the same as an earlier one, whose answer it would get. */
  void nextSecond() {
    sandbox.advance(client.credentials().sysid(), Duration.ofSeconds(1));
  }

  /** Moves the clock until the first notices have been sent. */
  JsonNode notices(String receiver) {
    sandbox.advance(client.credentials().sysid(), Duration.ofSeconds(10));
    return sandbox.caught(number(receiver));
  }
}

package io.tongbao.client.tour;

import io.tongbao.client.escrow.CardCalls;
import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Split;
import io.tongbao.client.escrow.Terms;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The money path of the escrow face from a member's first call to the day's file, with the split
 * example of specification §5.3 to the fen.
 */
final class EscrowTour {
  private static final int REALNAMEPAY_BINDING = 3;
  private static final int SUCCEEDED = 4;
  private static final int REFUNDED = 5;
  private static final String SUCCESS = "success";

  private final Sandbox sandbox;
  private final Story story;
  private final EscrowClient client;
  private final String accountSet;
  private final String run = Ids.digits(8);
  private final Terms terms;
  private final Actor alice = Actor.called("alice", "李雪梅");
  private final Actor shop = Actor.called("shop", "王建国");

  EscrowTour(Sandbox sandbox, Story story) {
    this.sandbox = sandbox;
    this.story = story;
    EscrowCredentials credentials = EscrowCredentials.of(sandbox.credentials().required("escrow"));
    sandbox.readClock(credentials.sysid());
    this.client = EscrowClient.at(sandbox.base(), credentials, sandbox.clock());
    this.accountSet = credentials.accountSetNo();
    this.terms = Terms.to(sandbox.catchUrl("tour-" + run));
  }

  void run() {
    story.chapter("会员 Members");
    enrol(alice, true);
    enrol(shop, true);
    story.chapter("充值 Deposits");
    depositByCard();
    depositByGateway();
    story.chapter("消费与分账 Purchase with the split of §5.3");
    purchaseWithSplits();
    story.chapter("托管代收与代付 Collect and disburse");
    collectAndDisburse();
    story.chapter("提现 Withdraw");
    withdraw();
    story.chapter("退款 Refund in part");
    refund();
    story.chapter("冻结 Freeze");
    freeze();
    story.chapter("明细与对账 Statement, the next day, the file");
    statement();
    nextDay();
    new PasswordStory(sandbox, story, client, alice, shop, terms).run();
    new WalletStory(sandbox, story, client, alice, shop, terms).run();
    story.chapter("审计 Audit");
    audit();
  }

  private void enrol(Actor actor, boolean withCard) {
    story.step("创建会员 " + actor.member());
    var created = call(new MemberCalls.Create(actor.member(), MemberType.PERSON, Source.MOBILE));
    story.expect("bizUserId", actor.member(), created.member());
    story.step("绑定手机");
    call(new MemberCalls.SendCode(actor.member(), actor.phone()));
    call(new MemberCalls.BindPhone(actor.member(), actor.phone(), sandbox.code(actor.phone())));
    story.step("实名认证");
    call(new MemberCalls.SetRealName(actor.member(), actor.name(), actor.identity()));
    if (withCard) {
      bindCard(actor);
    }
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

  private void depositByCard() {
    story.step("充值 200.00 元, 手续费 0.20 元, 实名付");
    String number = number("deposit-card");
    Money amount = Money.ofFen(20_000);
    call(
        new OrderCalls.Deposit(
            number,
            alice.member(),
            accountSet,
            amount,
            Money.ofFen(20),
            Payment.realNamePay(alice.card(), amount),
            terms.saying("充值", "tour")));
    pay(alice, number);
    balance(alice.member(), 19_980, 0);
  }

  private void depositByGateway() {
    story.step("充值 300.00 元, 网关 (测试银行)");
    String number = number("deposit-gateway");
    Money amount = Money.ofFen(30_000);
    String front = sandbox.catchUrl("tour-front-" + run);
    call(
        new OrderCalls.Deposit(
            number,
            alice.member(),
            accountSet,
            amount,
            Money.ZERO,
            Payment.testBank(amount),
            terms.returningTo(front)));
    Browser browser = new Browser(sandbox.base());
    String code = sandbox.code(alice.phone());
    browser.open(
        client.page(
            "/service/gateway/frontTrans.do", new OrderCalls.Pay(alice.member(), number, code)));
    story.say("收银台 " + browser.at().getPath());
    browser.press("支付");
    story.say("测试银行 " + browser.at().getPath());
    browser.press("支付成功");
    story.say("回到商户 " + browser.at().getPath());
    status(alice.member(), number, SUCCEEDED);
    balance(alice.member(), 49_980, 0);
  }

  /** §5.3: 10 yuan to the first, 0.1 fee, then down the tree: 290/400/150/100/50 and +10. */
  private void purchaseWithSplits() {
    List<String> takers = List.of("10000", "10001", "10002", "10003", "10004");
    for (String taker : takers) {
      call(new MemberCalls.Create(taker(taker), MemberType.PERSON, Source.MOBILE));
    }
    long feesBefore = fees();
    story.step("消费 10.00 元, 三级分账");
    Split splits =
        Split.to(
            taker("10000"),
            1_000,
            10,
            Split.to(taker("10001"), 500, 0, Split.to(taker("10003"), 100, 0)),
            Split.to(taker("10002"), 200, 0, Split.to(taker("10004"), 50, 0)));
    String number = number("consume");
    Money amount = Money.ofFen(1_000);
    call(
        new OrderCalls.Consume(
            alice.member(),
            shop.member(),
            number,
            amount,
            Money.ZERO,
            List.of(splits),
            Payment.balance(accountSet, amount),
            "茶叶",
            null,
            terms.saying("买茶", "tour")));
    pay(alice, number);
    long[] expected = {290, 400, 150, 100, 50};
    for (int i = 0; i < expected.length; i++) {
      balance(taker(takers.get(i)), expected[i], 0);
    }
    story.expect("platform's fee", 10L, fees() - feesBefore);
    balance(shop.member(), 0, 0);
    balance(alice.member(), 48_980, 0);
  }

  private void collectAndDisburse() {
    story.step("托管代收 100.00 元 (3001), 手续费 1.00 元");
    String collected = number("collect");
    Money amount = Money.ofFen(10_000);
    call(
        new OrderCalls.Collect(
            collected,
            alice.member(),
            null,
            null,
            "3001",
            amount,
            Money.ofFen(100),
            Payment.balance(accountSet, amount),
            null,
            null,
            terms));
    pay(alice, collected);
    balance(alice.member(), 38_980, 0);
    story.step("单笔托管代付 60.00 元 (4001) 到余额, 手续费 0.60 元");
    disburse("disburse", 6_000, 60, null);
    balance(shop.member(), 5_940, 0);
    story.step("单笔托管代付 20.00 元 (4001) 到银行卡");
    Money toCard = Money.ofFen(2_000);
    disburse(
        "disburse-card",
        2_000,
        0,
        new OrderCalls.ToCard(shop.card(), toCard, terms.backUrl(), "T0", null));
    balance(shop.member(), 5_940, 0);
  }

  private void disburse(String name, long fen, long fee, OrderCalls.@Nullable ToCard card) {
    var disbursed =
        call(
            new OrderCalls.Disburse(
                number(name),
                shop.member(),
                accountSet,
                terms.backUrl(),
                card,
                Money.ofFen(fen),
                Money.ofFen(fee),
                null,
                null,
                null,
                "4001",
                "货款",
                "tour"));
    story.expect("payStatus", SUCCESS, disbursed.payStatus());
  }

  private void withdraw() {
    story.step("提现 50.00 元, 手续费 0.50 元, T0");
    String number = number("withdraw");
    call(
        new OrderCalls.Withdraw(
            number,
            shop.member(),
            accountSet,
            Money.ofFen(5_000),
            Money.ofFen(50),
            Payment.payout(),
            shop.card(),
            0,
            "T0",
            terms));
    pay(shop, number);
    balance(shop.member(), 940, 0);
  }

  private void refund() {
    story.step("消费 20.00 元, 再退 8.00 元");
    String number = number("consume-refund");
    Money amount = Money.ofFen(2_000);
    call(
        new OrderCalls.Consume(
            alice.member(),
            shop.member(),
            number,
            amount,
            Money.ofFen(20),
            null,
            Payment.balance(accountSet, amount),
            "茶杯",
            null,
            terms));
    pay(alice, number);
    balance(shop.member(), 2_920, 0);
    var refunded =
        call(
            new OrderCalls.Refund(
                number("refund"),
                number,
                alice.member(),
                terms.backUrl(),
                Money.ofFen(800),
                null,
                Money.ofFen(5)));
    story.expect("amount", Money.ofFen(800), refunded.amount());
    status(alice.member(), number, REFUNDED);
    balance(shop.member(), 2_125, 0);
    balance(alice.member(), 37_780, 0);
  }

  private void freeze() {
    story.step("冻结 50.00 元, 解冻 20.00 元");
    String number = number("freeze");
    call(new MoneyCalls.Freeze(alice.member(), number, accountSet, Money.ofFen(5_000)));
    balance(alice.member(), 37_780, 5_000);
    call(new MoneyCalls.Unfreeze(alice.member(), number, accountSet, Money.ofFen(2_000)));
    balance(alice.member(), 37_780, 3_000);
  }

  private void statement() {
    story.step("收支明细");
    LocalDate today = today();
    var page = call(new MoneyCalls.GetStatement(alice.member(), null, today, today, 1, 20));
    for (MoneyCalls.Line line : page.lines()) {
      story.say(line.at() + "  " + line.change() + " → " + line.after() + "  " + line.number());
    }
    story.expect("newest balance", Money.ofFen(37_780), page.lines().getFirst().after());
  }

  private void nextDay() {
    story.step("次日 11:00 之后, 下载对账文件");
    LocalDate day = today();
    JsonNode ran = sandbox.advance(client.credentials().sysid(), untilNoonAfter(day));
    story.came(ran);
    var address = call(new MoneyCalls.GetFile(BeijingTime.compactDay(day)));
    String file = sandbox.download(URI.create(address.url()));
    long mine = file.lines().filter(line -> line.contains(run)).count();
    file.lines().filter(line -> line.contains(run)).forEach(story::say);
    story.expect("our orders in the file", 9L, mine);
    JsonNode caught = sandbox.caught("tour-" + run);
    story.expect("notices that came, one an order", 9, caught.size());
    caught.forEach(one -> story.say(Letterbox.read(client.credentials(), one)));
  }

  private void audit() {
    story.step("每一分钱都在账上");
    JsonNode audit = sandbox.audit();
    story.came(audit);
    story.expect("passed", true, audit.required("passed").asBoolean());
  }

  private void pay(Actor actor, String number) {
    String code = sandbox.code(actor.phone());
    var paid = call(new OrderCalls.Pay(actor.member(), number, code));
    story.expect("payStatus", SUCCESS, paid.status());
  }

  private void status(String member, String number, int expected) {
    story.expect("orderStatus", expected, client.call(new OrderCalls.Get(member, number)).state());
  }

  private void balance(String member, long total, long frozen) {
    MoneyCalls.Balance balance = client.call(new MoneyCalls.GetBalance(member, accountSet));
    story.expect(member + " has", Money.ofFen(total), balance.total());
    story.expect("  of it frozen", Money.ofFen(frozen), balance.frozen());
  }

  /** What the platform's own account 100001 holds, in fen. */
  private long fees() {
    JsonNode accounts = sandbox.get("accounts?merchant=" + client.credentials().sysid());
    for (JsonNode account : accounts) {
      if (account.required("accountSetNo").asString().equals("100001")) {
        return account.required("balance").asLong();
      }
    }
    throw new TourFailed("the platform has no account 100001");
  }

  private <R> R call(EscrowCall<R> call) {
    story.sent(call.method() + " " + call);
    R answer = client.call(call);
    story.came(answer);
    return answer;
  }

  private String number(String name) {
    return name + "-" + run;
  }

  private String taker(String name) {
    return name + "-" + run;
  }

  private LocalDate today() {
    return BeijingTime.dayOf(sandbox.clock().instant());
  }

  private Duration untilNoonAfter(LocalDate day) {
    return Duration.between(
        sandbox.clock().instant(), BeijingTime.startOf(day.plusDays(1)).plus(Duration.ofHours(12)));
  }
}

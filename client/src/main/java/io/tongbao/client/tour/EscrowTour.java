package io.tongbao.client.tour;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Split;
import io.tongbao.client.escrow.Terms;
import io.tongbao.kernel.BeijingTime;
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
  private static final int SUCCEEDED = 4;
  private static final int REFUNDED = 5;
  private static final String SUCCESS = "success";

  private final Walk walk;
  private final Sandbox sandbox;
  private final Story story;
  private final EscrowClient client;
  private final String accountSet;
  private final String run;
  private final Terms terms;
  private final Actor alice = Actor.called("alice", "李雪梅");
  private final Actor shop = Actor.called("shop", "王建国");

  EscrowTour(Sandbox sandbox, Story story) {
    this.walk = new Walk(sandbox, story);
    this.sandbox = sandbox;
    this.story = story;
    this.client = walk.client();
    this.accountSet = walk.accountSet();
    this.run = walk.run();
    this.terms = walk.terms("tour");
  }

  void run() {
    story.chapter("会员 Members");
    walk.enrol(alice, true);
    walk.enrol(shop, true);
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
    new PasswordStory(walk, alice, shop).run();
    new WalletStory(sandbox, story, client, alice, shop, terms).run();
    new BidStory(walk).run();
    new CompanyStory(walk, alice).run();
    story.chapter("审计 Audit");
    audit();
  }

  private void depositByCard() {
    story.step("充值 200.00 元, 手续费 0.20 元, 实名付");
    walk.deposit(
        alice,
        walk.number("deposit-card"),
        Money.ofFen(20_000),
        Money.ofFen(20),
        terms.saying("充值", "tour"));
    walk.balance(alice.member(), 19_980, 0);
  }

  private void depositByGateway() {
    story.step("充值 300.00 元, 网关 (测试银行)");
    String number = walk.number("deposit-gateway");
    Money amount = Money.ofFen(30_000);
    String front = sandbox.catchUrl("tour-front-" + run);
    walk.call(
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
    walk.status(alice.member(), number, SUCCEEDED);
    walk.balance(alice.member(), 49_980, 0);
  }

  /** §5.3: 10 yuan to the first, 0.1 fee, then down the tree: 290/400/150/100/50 and +10. */
  private void purchaseWithSplits() {
    List<String> takers = List.of("10000", "10001", "10002", "10003", "10004");
    for (String taker : takers) {
      walk.call(new MemberCalls.Create(taker(taker), MemberType.PERSON, Source.MOBILE));
    }
    long feesBefore = walk.platform("100001");
    story.step("消费 10.00 元, 三级分账");
    Split splits =
        Split.to(
            taker("10000"),
            1_000,
            10,
            Split.to(taker("10001"), 500, 0, Split.to(taker("10003"), 100, 0)),
            Split.to(taker("10002"), 200, 0, Split.to(taker("10004"), 50, 0)));
    String number = walk.number("consume");
    Money amount = Money.ofFen(1_000);
    walk.call(
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
    walk.pay(alice, number);
    long[] expected = {290, 400, 150, 100, 50};
    for (int i = 0; i < expected.length; i++) {
      walk.balance(taker(takers.get(i)), expected[i], 0);
    }
    story.expect("platform's fee", 10L, walk.platform("100001") - feesBefore);
    walk.balance(shop.member(), 0, 0);
    walk.balance(alice.member(), 48_980, 0);
  }

  private void collectAndDisburse() {
    story.step("托管代收 100.00 元 (3001), 手续费 1.00 元");
    String collected = walk.number("collect");
    Money amount = Money.ofFen(10_000);
    walk.call(
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
    walk.pay(alice, collected);
    walk.balance(alice.member(), 38_980, 0);
    story.step("单笔托管代付 60.00 元 (4001) 到余额, 手续费 0.60 元");
    disburse("disburse", 6_000, 60, null);
    walk.balance(shop.member(), 5_940, 0);
    story.step("单笔托管代付 20.00 元 (4001) 到银行卡");
    Money toCard = Money.ofFen(2_000);
    disburse(
        "disburse-card",
        2_000,
        0,
        new OrderCalls.ToCard(shop.card(), toCard, terms.backUrl(), "T0", null));
    walk.balance(shop.member(), 5_940, 0);
  }

  private void disburse(String name, long fen, long fee, OrderCalls.@Nullable ToCard card) {
    var disbursed =
        walk.call(
            new OrderCalls.Disburse(
                walk.number(name),
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
    String number = walk.number("withdraw");
    walk.call(
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
    walk.pay(shop, number);
    walk.balance(shop.member(), 940, 0);
  }

  private void refund() {
    story.step("消费 20.00 元, 再退 8.00 元");
    String number = walk.number("consume-refund");
    Money amount = Money.ofFen(2_000);
    walk.call(
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
    walk.pay(alice, number);
    walk.balance(shop.member(), 2_920, 0);
    var refunded =
        walk.call(
            new OrderCalls.Refund(
                walk.number("refund"),
                number,
                alice.member(),
                terms.backUrl(),
                Money.ofFen(800),
                null,
                Money.ofFen(5)));
    story.expect("amount", Money.ofFen(800), refunded.amount());
    walk.status(alice.member(), number, REFUNDED);
    walk.balance(shop.member(), 2_125, 0);
    walk.balance(alice.member(), 37_780, 0);
  }

  private void freeze() {
    story.step("冻结 50.00 元, 解冻 20.00 元");
    String number = walk.number("freeze");
    walk.call(new MoneyCalls.Freeze(alice.member(), number, accountSet, Money.ofFen(5_000)));
    walk.balance(alice.member(), 37_780, 5_000);
    walk.call(new MoneyCalls.Unfreeze(alice.member(), number, accountSet, Money.ofFen(2_000)));
    walk.balance(alice.member(), 37_780, 3_000);
  }

  private void statement() {
    story.step("收支明细");
    LocalDate today = today();
    var page = walk.call(new MoneyCalls.GetStatement(alice.member(), null, today, today, 1, 20));
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
    var address = walk.call(new MoneyCalls.GetFile(BeijingTime.compactDay(day)));
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

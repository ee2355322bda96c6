package io.tongbao.client.tour;

import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.PlatformCalls;
import io.tongbao.client.escrow.Terms;
import io.tongbao.kernel.Money;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bid from its first word to its last: entered, invested in with a coupon, full, lent out,
 * repaid; and another one that fails. Specification §4.2.5 to §4.2.7, §4.2.13, §4.2.18.
 */
final class BidStory {
  private static final int BID = 1;
  private static final String MARKETING = "2000000";
  private static final String FEES = "100001";
  private static final String INVESTMENT = "1001";
  private static final String REPAYMENT = "1002";
  private static final String LOAN = "2001";
  private static final String YIELD = "2002";
  private static final String NOTICES = "bid";
  private static final int SUCCEEDED = 4;
  private static final int REFUNDED = 5;

  private final Walk walk;
  private final Story story;
  private final Terms terms;
  private final Actor borrower = Actor.called("borrower", "赵大河");
  private final Actor first = Actor.called("investor", "钱小满");
  private final Actor second = Actor.called("investor", "孙立春");

  BidStory(Walk walk) {
    this.walk = walk;
    this.story = walk.story();
    this.terms = walk.terms(NOTICES);
  }

  void run() {
    story.chapter("标的 A bid, lent and repaid");
    for (Actor actor : List.of(borrower, first, second)) {
      walk.enrol(actor, true);
    }
    fill();
    String goods = enter("loan", 150_000, 162_000);
    invest(goods);
    lend(goods);
    repay(goods);
    story.chapter("流标 A bid that fails");
    fail(enter("failing", 100_000, 108_000));
  }

  private void fill() {
    story.step("投资人各充值 1000.00 元, 营销账户充值 100.00 元");
    for (Actor investor : List.of(first, second)) {
      Money amount = Money.ofFen(100_000);
      String number = walk.number("fill-" + investor.member());
      walk.deposit(investor, number, amount, Money.ZERO, terms);
      walk.balance(investor.member(), 100_000, 0);
    }
    ObjectNode topup = walk.sandbox().object();
    topup.put("face", "escrow");
    topup.put("sysid", walk.client().credentials().sysid());
    topup.put("accountSetNo", MARKETING);
    topup.put("amount", 10_000);
    story.sent("POST /sandbox/api/topups " + topup);
    story.came(walk.sandbox().post("topups", topup));
  }

  private String enter(String name, long amount, long repaid) {
    story.step("录入标的 " + Money.ofFen(amount) + " 元");
    var entered =
        walk.call(
            new PlatformCalls.EnterGoods(
                borrower.member(),
                BID,
                walk.number(name),
                "茶园扩建借款",
                "十二个月, 按期还本付息",
                new PlatformCalls.Bid(
                    Money.ofFen(amount),
                    Money.ofFen(repaid),
                    null,
                    0.08,
                    12,
                    2,
                    null,
                    null,
                    1,
                    1,
                    null,
                    Money.ofFen(10_000)),
                null));
    story.expect("bizGoodsNo", walk.number(name), entered.number());
    return entered.number();
  }

  private void invest(String goods) {
    story.step("投标 1000.00 元: 余额 950.00 元, 代金券 50.00 元");
    long coupons = walk.platform(MARKETING);
    Payment mixed =
        Payment.balance(walk.accountSet(), Money.ofFen(95_000))
            .and(Payment.coupon(Money.ofFen(5_000)));
    collect(first, "invest-1", INVESTMENT, goods, 100_000, mixed);
    walk.balance(first.member(), 5_000, 0);
    story.expect("coupons paid", 5_000L, coupons - walk.platform(MARKETING));
    story.step("超过可投金额被拒绝");
    walk.refused("40023", investment(second, "invest-much", goods, 60_000));
    story.step("投标 500.00 元, 满标");
    collect(second, "invest-2", INVESTMENT, goods, 50_000, balance(50_000));
    walk.balance(second.member(), 50_000, 0);
    story.step("支付通知带剩余可投金额");
    story.expect("remainAmount", "0", remaining(walk.number("invest-2")));
  }

  /** What the notice of an investment says is left of the bid, in fen. */
  private String remaining(String number) {
    for (JsonNode caught : walk.notices(NOTICES)) {
      JsonNode value = caught.path("decoded").path("returnValue");
      if (value.path("bizOrderNo").asString("").equals(number)) {
        story.came(value);
        return value.path("remainAmount").asString("");
      }
    }
    throw new TourFailed("no notice of " + number);
  }

  private void lend(String goods) {
    story.step("满标放款 1500.00 元, 手续费 15.00 元");
    long before = walk.platform(FEES);
    walk.call(
        new OrderCalls.Disburse(
            walk.number("lend"),
            borrower.member(),
            walk.accountSet(),
            terms.backUrl(),
            null,
            Money.ofFen(150_000),
            Money.ofFen(1_500),
            null,
            BID,
            goods,
            LOAN,
            "放款",
            null));
    walk.status(borrower.member(), walk.number("lend"), SUCCEEDED);
    walk.balance(borrower.member(), 148_500, 0);
    story.expect("platform's fee", 1_500L, walk.platform(FEES) - before);
    story.step("放款不得超过代收: 再放 1.00 元被拒绝");
    walk.refused("40014", disburse(borrower, "lend-more", goods, 100));
  }

  private OrderCalls.Disburse disburse(Actor payee, String name, String goods, long amount) {
    return new OrderCalls.Disburse(
        walk.number(name),
        payee.member(),
        walk.accountSet(),
        terms.backUrl(),
        null,
        Money.ofFen(amount),
        Money.ZERO,
        null,
        BID,
        goods,
        LOAN,
        null,
        null);
  }

  private void repay(String goods) {
    story.step("借款人充值 200.00 元, 还款 1620.00 元");
    Money more = Money.ofFen(20_000);
    walk.deposit(borrower, walk.number("fill-repayment"), more, Money.ZERO, terms);
    collect(borrower, "repay", REPAYMENT, goods, 162_000, balance(162_000));
    walk.balance(borrower.member(), 6_500, 0);
    story.step("批量代付本息: 1080.00 元, 540.00 元");
    walk.call(
        new PlatformCalls.DisburseBatch(
            walk.number("yields"),
            List.of(item(first, "yield-1", 108_000), item(second, "yield-2", 54_000)),
            BID,
            goods,
            YIELD));
    walk.notices(NOTICES);
    walk.status(first.member(), walk.number("yield-1"), SUCCEEDED);
    walk.status(second.member(), walk.number("yield-2"), SUCCEEDED);
    walk.balance(first.member(), 113_000, 0);
    walk.balance(second.member(), 104_000, 0);
  }

  private PlatformCalls.Item item(Actor payee, String name, long amount) {
    return new PlatformCalls.Item(
        walk.number(name),
        payee.member(),
        walk.accountSet(),
        terms.backUrl(),
        null,
        Money.ofFen(amount),
        Money.ZERO,
        null,
        "还款",
        null);
  }

  private void fail(String goods) {
    story.step("投标 300.00 元 (代金券 20.00 元) 和 200.00 元");
    long coupons = walk.platform(MARKETING);
    Payment mixed = balance(28_000).and(Payment.coupon(Money.ofFen(2_000)));
    collect(first, "failing-1", INVESTMENT, goods, 30_000, mixed);
    collect(second, "failing-2", INVESTMENT, goods, 20_000, balance(20_000));
    walk.balance(first.member(), 85_000, 0);
    walk.balance(second.member(), 84_000, 0);
    story.step("流标, 全部退回");
    walk.call(
        new PlatformCalls.RefundFailedBid(
            walk.number("refunds"),
            BID,
            goods,
            List.of(refund("back-1", "failing-1"), refund("back-2", "failing-2"))));
    walk.status(first.member(), walk.number("failing-1"), REFUNDED);
    walk.status(second.member(), walk.number("failing-2"), REFUNDED);
    walk.balance(first.member(), 113_000, 0);
    walk.balance(second.member(), 104_000, 0);
    story.expect("coupons came back", coupons, walk.platform(MARKETING));
  }

  private PlatformCalls.BidRefund refund(String name, String original) {
    return new PlatformCalls.BidRefund(walk.number(name), walk.number(original), null, null);
  }

  private Payment balance(long fen) {
    return Payment.balance(walk.accountSet(), Money.ofFen(fen));
  }

  private OrderCalls.Collect investment(Actor payer, String name, String goods, long amount) {
    return order(payer, name, INVESTMENT, goods, amount, balance(amount));
  }

  private void collect(
      Actor payer, String name, String code, String goods, long amount, Payment payment) {
    walk.call(order(payer, name, code, goods, amount, payment));
    walk.pay(payer, walk.number(name));
  }

  private OrderCalls.Collect order(
      Actor payer, String name, String code, String goods, long amount, Payment payment) {
    return new OrderCalls.Collect(
        walk.number(name),
        payer.member(),
        BID,
        goods,
        code,
        Money.ofFen(amount),
        Money.ZERO,
        payment,
        null,
        null,
        terms);
  }
}

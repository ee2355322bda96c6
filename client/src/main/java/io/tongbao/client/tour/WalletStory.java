package io.tongbao.client.tour;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.escrow.Validation;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import java.net.URI;

/**
 * A payer scans a merchant's code with the test wallet, pays at the test terminal, and shows a code
 * of his own. Specification §5.2.
 */
final class WalletStory {
  private static final int UNPAID = 1;
  private static final int SUCCEEDED = 4;
  private static final String SHOWN = "134567890123456789";

  private final Sandbox sandbox;
  private final Story story;
  private final EscrowClient client;
  private final Actor payer;
  private final Actor shop;
  private final Terms terms;
  private final String run = Ids.digits(8);

  WalletStory(
      Sandbox sandbox, Story story, EscrowClient client, Actor payer, Actor shop, Terms terms) {
    this.sandbox = sandbox;
    this.story = story;
    this.client = client;
    this.payer = payer;
    this.shop = shop;
    this.terms = terms;
  }

  void run() {
    story.chapter("钱包与终端 Wallets and a terminal");
    scan();
    swipe();
    show();
  }

  private void scan() {
    story.step("微信扫码支付 6.00 元");
    Money amount = Money.ofFen(600);
    var opened = buy("scan", Payment.scanWeChat(true, amount), amount, Validation.SMS_CODE);
    String payInfo = opened.payInfo();
    if (payInfo == null) {
      throw new TourFailed("no payInfo");
    }
    Browser phone = new Browser(sandbox.base());
    phone.open(sandbox.base().resolve(URI.create(payInfo).getPath()));
    expectState("scan", UNPAID);
    phone.press("确认付款");
    story.expect("the wallet says", true, phone.page().contains("已支付"));
    expectState("scan", SUCCEEDED);
  }

  private void swipe() {
    story.step("订单 POS 支付 7.00 元");
    Money amount = Money.ofFen(700);
    var opened = buy("pos", Payment.terminal(amount), amount, Validation.SMS_CODE);
    String payCode = opened.payCode();
    if (payCode == null) {
      throw new TourFailed("no payCode");
    }
    Browser terminal = new Browser(sandbox.base());
    terminal.open(sandbox.base().resolve("/pos"));
    terminal.type("sysid", client.credentials().sysid());
    terminal.type("code", payCode);
    terminal.press("查询订单");
    story.expect("the terminal shows the amount", true, terminal.page().contains("7.00"));
    terminal.press("刷卡成功");
    expectState("pos", SUCCEEDED);
  }

  private void show() {
    story.step("支付宝刷卡支付 8.00 元");
    Money amount = Money.ofFen(800);
    var opened = buy("shown", Payment.alipayCode(SHOWN, amount), amount, Validation.NONE);
    story.expect("payStatus", "success", String.valueOf(opened.payStatus()));
    expectState("shown", SUCCEEDED);
  }

  private OrderCalls.Opened buy(String what, Payment payment, Money amount, Validation how) {
    var opened =
        client.call(
            new OrderCalls.Consume(
                payer.member(),
                shop.member(),
                number(what),
                amount,
                Money.ZERO,
                null,
                payment,
                "咖啡",
                null,
                terms.confirmedBy(how)));
    story.came(opened);
    return opened;
  }

  private void expectState(String what, int state) {
    story.expect(
        "orderStatus",
        state,
        client.call(new OrderCalls.Get(payer.member(), number(what))).state());
  }

  private String number(String what) {
    return what + "-" + run;
  }
}

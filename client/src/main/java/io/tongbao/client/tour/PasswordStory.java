package io.tongbao.client.tour;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.PasswordCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.escrow.Validation;
import io.tongbao.kernel.Money;
import tools.jackson.databind.JsonNode;

/**
 * A person sets a payment password on the platform's page, mistypes it once, and pays with it.
 * Specification §4.1.20 and §4.2.10.
 */
final class PasswordStory {
  private static final String PIN = "314159";
  private static final String WRONG_PIN = "271828";
  private static final int SUCCEEDED = 4;

  private final Sandbox sandbox;
  private final Story story;
  private final EscrowClient client;
  private final Actor payer;
  private final Actor shop;
  private final Terms terms;
  private final String run;

  PasswordStory(Walk walk, Actor payer, Actor shop) {
    this.sandbox = walk.sandbox();
    this.story = walk.story();
    this.client = walk.client();
    this.payer = payer;
    this.shop = shop;
    this.terms = walk.terms("password-orders");
    this.run = walk.run();
  }

  void run() {
    story.chapter("支付密码 Payment password");
    setPassword();
    payWithIt();
  }

  private void setPassword() {
    story.step("在通宝页面设置支付密码");
    String notices = "password-" + run;
    Browser browser = new Browser(sandbox.base());
    browser.open(
        client.page(
            PasswordCalls.SET_PAGE,
            new PasswordCalls.Set(
                payer.member(),
                payer.phone(),
                payer.proof(),
                sandbox.catchUrl(notices + "-front"),
                sandbox.catchUrl(notices))));
    browser.press("发送验证码");
    browser.type("code", sandbox.code(payer.phone()));
    browser.type("fresh", PIN);
    browser.type("again", PIN);
    browser.press("确认");
    PasswordCalls.Result result =
        client.returned(browser.at().getRawQuery(), PasswordCalls.Result.class);
    story.came(result);
    story.expect("result", "OK", result.result());
    JsonNode facts = client.call(new MemberCalls.Get(payer.member())).facts();
    story.expect("isSetPayPwd", true, facts != null && facts.path("isSetPayPwd").asBoolean(false));
  }

  private void payWithIt() {
    story.step("用支付密码支付 5.00 元, 先输错一次");
    String number = "password-" + run;
    Money amount = Money.ofFen(500);
    client.call(
        new OrderCalls.Consume(
            payer.member(),
            shop.member(),
            number,
            amount,
            Money.ZERO,
            null,
            Payment.balance(client.credentials().accountSetNo(), amount),
            "茶点",
            null,
            terms.confirmedBy(Validation.PASSWORD)));
    Browser browser = new Browser(sandbox.base());
    browser.open(
        client.page(
            PasswordCalls.PAY_PAGE,
            new PasswordCalls.Pay(
                payer.member(), number, sandbox.catchUrl("password-front"), "127.0.0.1")));
    browser.type("password", WRONG_PIN);
    browser.press("确认");
    story.expect("the page counts", true, browser.page().contains("还可以输入 4 次"));
    browser.type("password", PIN);
    browser.press("确认");
    OrderCalls.Paid paid = client.returned(browser.at().getRawQuery(), OrderCalls.Paid.class);
    story.came(paid);
    story.expect("payStatus", "success", paid.status());
    story.expect(
        "orderStatus", SUCCEEDED, client.call(new OrderCalls.Get(payer.member(), number)).state());
  }
}

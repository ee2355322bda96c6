package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.PasswordCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Validation;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import io.tongbao.server.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The password pages in a real browser, as thumbs use them. §4.1.20 to §4.1.23, §4.2.10, T3-8. */
@TestServer
@ExtendWith(OutputCaptureExtension.class)
class PasswordPagesTest {
  private static final String PIN = "314159";
  private static final String WRONG = "271828";
  private static final String OTHER = "902715";
  private static final Pattern ANY_PIN = Pattern.compile("\\b(314159|271828|902715)\\b");
  private static final String ALERT = "document.querySelector('[role=alert]')";

  @LocalServerPort private int port;
  private Shop shop;
  private Tab tab;

  @BeforeEach
  void open() {
    Chromium chromium = Chromium.here();
    shop = new Shop(port);
    tab = chromium.phone();
  }

  @AfterEach
  void nothingWasSaidOrLost(CapturedOutput log) {
    if (shop == null) {
      return;
    }
    assertThat(ANY_PIN.matcher(log.getAll()).find()).isFalse();
    assertThat(shop.audit()).isEmpty();
    shop.close();
  }

  @Test
  void aPersonSetsTheFirstPassword() {
    Actor actor = shop.person("李雪梅");
    tab.open(shop.setting(actor)).picture("password-set");
    assertThat(tab.title()).isEqualTo("设置支付密码");
    String merchants = shop.home().toString().replaceAll("/$", "");
    assertThat(tab.header("content-security-policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
        .endsWith("form-action 'self' " + merchants);
    assertThat(tab.header("cache-control")).contains("no-store");
    tab.press("发送验证码").picture("password-set-code-sent");
    assertThat(tab.text()).contains("验证码已发送");
    tab.type("#code", shop.code(actor));
    pin("fresh", PIN);
    pin("again", WRONG);
    tab.picture("password-set-typed").press("确认");
    assertThat(alert()).isEqualTo("两次输入的新密码不一致");
    tab.picture("password-set-different");
    assertThat(tab.everything()).doesNotContain(PIN, WRONG);
    tab.type("#code", shop.code(actor));
    pin("fresh", PIN);
    pin("again", PIN);
    tab.press("确认").await("document.querySelector('#home')");
    PasswordCalls.Result result = shop.returned(PasswordCalls.Result.class);
    assertThat(result.result()).isEqualTo("OK");
    assertThat(result.member()).isEqualTo(actor.member());
    assertThat(tab.address().toString()).startsWith(shop.back() + "&sysid=").doesNotContain(PIN);
  }

  @Test
  void weakPasswordsAndWrongCodesAreSaidSo() {
    Actor actor = shop.person("钱多多");
    tab.open(shop.setting(actor)).press("发送验证码");
    tab.type("#code", shop.code(actor));
    pin("fresh", "123456");
    pin("again", "123456");
    tab.press("确认");
    assertThat(alert()).isEqualTo("新密码须为 6 位数字，不能相同或连续");
    tab.type("#code", shop.code(actor).equals("000000") ? "000001" : "000000");
    pin("fresh", PIN);
    pin("again", PIN);
    tab.press("确认");
    assertThat(alert()).contains("验证码");
    assertThat(shop.returns()).isZero();
  }

  @Test
  void aPaymentCountsErrorsAndLocksForThreeHours() {
    Actor payer = withPassword(shop.payer("周文", 50_000));
    Actor seller = shop.person("王建国");
    String number = shop.purchase(payer, seller, 12_345, "龙井茶叶 250 克");
    tab.open(shop.payment(payer, number)).picture("password-pay");
    assertThat(tab.text()).contains("123.45", number, "龙井茶叶 250 克");
    for (int left = 4; left > 0; left--) {
      pin("password", WRONG);
      tab.evaluate(
          """
          addEventListener("pagehide", () => {
            sessionStorage.left = "left:" + document.querySelector("#password").value;
          })
          """);
      tab.press("确认支付 ¥123.45");
      assertThat(tab.evaluate("sessionStorage.left").asString()).isEqualTo("left:");
      assertThat(alert()).isEqualTo("支付密码错误，还可以输入 " + left + " 次");
      assertThat(tab.everything()).doesNotContain(WRONG);
    }
    tab.picture("password-pay-wrong");
    pin("password", WRONG);
    tab.press("确认支付 ¥123.45").picture("password-pay-locked");
    assertThat(tab.text()).contains("支付密码已锁定", "3 小时", "30033");
    tab.open(shop.payment(payer, number));
    pin("password", PIN);
    tab.press("确认支付 ¥123.45");
    assertThat(tab.text()).contains("30033");
    shop.advance(Duration.ofHours(3));
    tab.open(shop.payment(payer, number));
    pin("password", PIN);
    tab.press("确认支付 ¥123.45").await("document.querySelector('#home')");
    OrderCalls.Paid paid = shop.returned(OrderCalls.Paid.class);
    assertThat(paid.status()).isEqualTo("success");
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(50_000 - 12_345));
  }

  @Test
  void aPageIsGoodOnceAndForAQuarterOfAnHour() {
    Actor payer = withPassword(shop.payer("吴桐", 10_000));
    Actor seller = shop.person("郑和");
    String number = shop.purchase(payer, seller, 1_000, "茶杯");
    tab.open(shop.payment(payer, number));
    URI visit = tab.address();
    pin("password", PIN);
    tab.press("确认支付 ¥10.00").await("document.querySelector('#home')");
    assertThat(shop.status(payer, number)).isEqualTo(4);
    tab.back().await("document.body.innerText.includes('页面已过期')");
    assertThat(tab.address()).isEqualTo(visit);
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(9_000));
    shop.nextSecond();
    tab.open(shop.payment(payer, number));
    assertThat(tab.text()).as("nobody types a password for what is paid").contains("40004");

    String later = shop.purchase(payer, seller, 1_000, "茶杯");
    tab.open(shop.payment(payer, later));
    pin("password", PIN);
    shop.advance(Duration.ofMinutes(15));
    tab.press("确认支付 ¥10.00").picture("password-expired");
    assertThat(tab.text()).contains("页面已过期", "15 分钟");
    assertThat(tab.everything()).doesNotContain(PIN);
    assertThat(shop.status(payer, later)).isEqualTo(1);
  }

  /** Without a jumpUrl our own page says what became of the payment, not only that it was sent. */
  @Test
  void withoutAPageOfTheMerchantsTheResultIsTold() {
    Actor payer = withPassword(shop.payer("何平", 10_000));
    Actor seller = shop.person("吕方");
    for (long fen : List.of(668_801L, 668_802L, 2_000L)) {
      Payment card = Payment.realNamePay(payer.card(), Money.ofFen(fen));
      String number = shop.purchase(payer, seller, fen, "茶饼", card, Validation.PASSWORD);
      tab.open(shop.payment(payer, number, null));
      pin("password", PIN);
      tab.press("确认支付 ¥" + (fen == 2_000 ? "20.00" : "6,688.0" + fen % 10));
      tab.picture("password-pay-result-" + fen);
      String result =
          switch ((int) fen) {
            case 668_801 -> "支付未成功";
            case 668_802 -> "支付处理中";
            default -> "支付成功";
          };
      assertThat(tab.text()).contains(result);
    }
    tab.press("返回商户").await("document.querySelector('#home')");
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("success");

    String out = shop.number("out");
    shop.call(
        new OrderCalls.Withdraw(
            out,
            payer.member(),
            shop.accountSet(),
            Money.ofFen(1_000),
            Money.ZERO,
            null,
            payer.card(),
            null,
            null,
            shop.terms().confirmedBy(Validation.PASSWORD)));
    tab.open(shop.payment(payer, out, null));
    pin("password", PIN);
    tab.press("确认提现 ¥10.00").picture("password-withdraw-result");
    assertThat(tab.text()).contains("提现成功").doesNotContain("返回商户");
  }

  @Test
  void twoTouchesPayOnce() {
    Actor payer = withPassword(shop.payer("孙静", 10_000));
    Actor seller = shop.person("赵平");
    String number = shop.purchase(payer, seller, 1_500, "茶壶");
    tab.open(shop.payment(payer, number));
    pin("password", PIN);
    tab.evaluate(
        """
        (() => {
          sessionStorage.sent = "";
          document.addEventListener("submit", event => {
            sessionStorage.sent += event.defaultPrevented ? "kept " : "sent ";
          });
          const button = document.querySelector("button.primary");
          button.click();
          button.click();
        })()
        """);
    tab.await("document.querySelector('#home')");
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("success");
    tab.open(shop.sandbox().base());
    assertThat(tab.evaluate("sessionStorage.sent").asString()).isEqualTo("sent kept ");
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(8_500));
    assertThat(shop.balance(seller)).isEqualTo(Money.ofFen(1_500));
  }

  @Test
  void aPersonChangesAndResetsThePassword() {
    Actor actor = withPassword(shop.person("冯远"));
    tab.open(shop.changing(actor)).picture("password-update");
    pin("old", WRONG);
    pin("fresh", OTHER);
    pin("again", OTHER);
    tab.press("确认");
    assertThat(alert()).contains("还可以输入 4 次");
    pin("old", PIN);
    pin("fresh", OTHER);
    pin("again", OTHER);
    tab.press("确认").await("document.querySelector('#home')");
    assertThat(shop.returned(PasswordCalls.Result.class).result()).isEqualTo("OK");

    tab.open(shop.resetting(actor)).press("发送验证码").picture("password-reset");
    tab.type("#code", shop.code(actor));
    pin("fresh", PIN);
    pin("again", PIN);
    tab.press("确认").picture("password-done");
    assertThat(tab.address().getPath()).isEqualTo("/pwd/done/resetPayPwd");
    assertThat(tab.text()).contains("支付密码已重置");
  }

  @Test
  void aPersonBindsAnotherPhone() {
    Actor actor = withPassword(shop.person("陈思"));
    String phone = Actor.called("new", "陈思").phone();
    tab.open(shop.changingPhone(actor)).picture("password-phone");
    tab.press("发送验证码");
    assertThat(alert()).isEqualTo("请输入 11 位手机号码");
    tab.type("#phone", phone).press("发送验证码");
    tab.type("#code", shop.sandbox().code(phone));
    pin("password", PIN);
    tab.picture("password-phone-typed").press("确认").await("document.querySelector('#home')");
    PasswordCalls.Result result = shop.returned(PasswordCalls.Result.class);
    assertThat(result.result()).isEqualTo("OK");
    assertThat(result.newPhone()).isEqualTo(phone);
  }

  @Test
  void theKeyboardAloneIsEnough() {
    Actor payer = withPassword(shop.payer("褚青", 10_000));
    Actor seller = shop.person("卫兰");
    String number = shop.purchase(payer, seller, 2_000, "茶盘");
    Tab desk = Chromium.here().desktop();
    desk.open(shop.payment(payer, number)).picture("password-pay-desktop");
    assertThat(desk.evaluate("document.querySelector('.keypad').hidden").asBoolean()).isTrue();
    desk.type("#password", "31x4159").picture("password-pay-desktop-typed");
    assertThat(desk.evaluate("document.querySelector('#password').value.length").asInt())
        .isEqualTo(6);
    desk.dark()
        .picture("password-pay-desktop-dark")
        .enter()
        .await("document.querySelector('#home')");
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("success");
  }

  private Actor withPassword(Actor actor) {
    tab.open(shop.setting(actor)).press("发送验证码");
    tab.type("#code", shop.code(actor));
    pin("fresh", PIN);
    pin("again", PIN);
    tab.press("确认").await("document.querySelector('#home')");
    return actor;
  }

  /** Touches the keypad's digits, in the field of that name. */
  private void pin(String field, String digits) {
    tab.tap("#" + field);
    for (int i = 0; i < digits.length(); i++) {
      tab.tap(".keypad [data-key='" + digits.charAt(i) + "']");
      tab.await("document.querySelector('#" + field + "').value.length === " + (i + 1));
    }
  }

  private String alert() {
    tab.await(ALERT);
    return tab.evaluate(ALERT + ".innerText").asString();
  }
}

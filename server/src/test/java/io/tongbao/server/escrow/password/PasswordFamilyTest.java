package io.tongbao.server.escrow.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.PasswordCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Validation;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Browser;
import io.tongbao.kernel.Money;
import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.page.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** 支付密码 from outside: every page and call of it, as a merchant and its members see them. */
@TestServer
class PasswordFamilyTest {
  private static final String PIN = "314159";
  private static final String WRONG = "271828";
  private static final String OTHER = "902715";
  private static final int MANY = 64;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @AfterEach
  void everyFenIsInItsPlace() {
    assertThat(shop.audit()).isEmpty();
    shop.close();
  }

  // ---------------------------------------------------------------- the pages' doors

  @Test
  void whoHasNoPasswordSetsOneAndWhoHasOneChangesIt() {
    Actor actor = shop.person("李雪梅");
    assertThat(page(shop.changing(actor))).contains("30032");
    assertThat(page(shop.resetting(actor))).contains("30032");
    assertThat(page(shop.changingPhone(actor))).contains("30032");
    shop.withPassword(actor, PIN);
    assertThat(page(shop.setting(actor))).contains("30031");
    assertThat(page(shop.changing(actor))).contains("修改支付密码");
    assertThat(information(actor).path("isSetPayPwd").asBoolean()).isTrue();
  }

  @Test
  void onlyAPersonsOwnIdentityOpensThem() {
    Actor actor = shop.person("李雪梅");
    Actor other = shop.person("王建国");
    Actor renamed = new Actor(actor.member(), "李雪", actor.phone(), actor.identity(), actor.card());
    Actor borrowed =
        new Actor(actor.member(), actor.name(), actor.phone(), other.identity(), actor.card());
    Actor calling =
        new Actor(actor.member(), actor.name(), other.phone(), actor.identity(), actor.card());
    Actor nobody = new Actor("nobody", actor.name(), actor.phone(), actor.identity(), actor.card());
    assertThat(page(shop.setting(renamed))).contains("30009");
    assertThat(page(shop.setting(borrowed))).contains("30009");
    assertThat(page(shop.setting(calling))).contains("10000", "phone");
    assertThat(page(shop.setting(nobody))).contains("30001");
    String company = shop.number("company");
    shop.call(new MemberCalls.Create(company, MemberType.COMPANY, Source.PC));
    Actor firm = new Actor(company, actor.name(), actor.phone(), actor.identity(), actor.card());
    assertThat(page(shop.setting(firm))).contains("错误代码");
    shop.call(new MemberCalls.Lock(actor.member()));
    assertThat(page(shop.setting(actor))).contains("30002");
  }

  @Test
  void aForgedOrForeignMessageOpensNothing() {
    Actor actor = shop.person("李雪梅");
    String address = shop.setting(actor).toString();
    assertThat(page(URI.create(address.replace(actor.member(), "somebody-else"))))
        .contains("51003");
    JsonNode seen = shop.sandbox().get("requests?limit=1").get(0);
    assertThat(seen.path("path").asString("")).isEqualTo("/pwd/setPayPwd.html");
    assertThat(seen.path("verdict").asString("")).isEqualTo("BAD_SIGNATURE");
    assertThat(seen.path("answer").asString("")).startsWith("51003 ");
    assertThat(seen.path("stringToSign").asString(""))
        .startsWith(shop.client().credentials().sysid() + "{")
        .contains("\"bizUserId\":\"somebody-else\"");
    assertThat(page(URI.create(address.replace("setPayPwd.html", "resetPayPwd.html"))))
        .contains("10000");
    assertThat(page(shop.sandbox().base().resolve("/pwd/visit/100000000001/" + "0".repeat(64))))
        .contains("页面已过期");
    assertThat(page(shop.sandbox().base().resolve("/pwd/visit/100000000002/" + "0".repeat(64))))
        .contains("页面已过期");
  }

  /** THREATS T-X5: hosts are compared whole, and an address is read as browsers read it. */
  @Test
  void aBrowserIsSentToRegisteredHostsOnly() {
    Shop careful = Shop.with(merchants, keys, port, Set.of("pay.example.com", "localhost"));
    Actor actor = careful.withPassword(careful.person("李雪梅"), PIN);
    for (String address : Lookalikes.ALL) {
      assertThat(page(careful.changing(actor, address)))
          .as(address)
          .contains("10000", "jumpUrl")
          .doesNotContain("<form", "evil");
    }
    Browser browser = at(careful.changing(actor, "https://PAY.example.com/back?a=1"));
    assertThat(browser.page()).contains("<form");
    submit(browser, "old", WRONG, "fresh", OTHER, "again", OTHER);
    assertThat(browser.page()).contains("还可以输入 4 次").doesNotContain("example.com");
    careful.close();
  }

  // ---------------------------------------------------------------- what they do

  @Test
  void theOldPasswordIsGoneOnceItIsChanged() {
    Actor actor = shop.withPassword(shop.person("冯远"), PIN);
    Browser browser = at(shop.changing(actor));
    URI visit = browser.at();
    submit(browser, "old", WRONG, "fresh", OTHER, "again", OTHER);
    assertThat(browser.page()).contains("还可以输入 4 次");
    submit(browser, "old", PIN, "fresh", "111111", "again", "111111");
    assertThat(browser.page()).contains("新密码须为 6 位数字");
    submit(browser, "old", PIN, "fresh", OTHER, "again", OTHER);
    assertThat(result(browser).result()).isEqualTo("OK");
    assertThat(page(visit)).contains("页面已过期");
    Browser again = at(shop.changing(actor));
    submit(again, "old", PIN, "fresh", WRONG, "again", WRONG);
    assertThat(again.page()).contains("还可以输入 4 次");
    assertThat(told(actor)).containsExactly("setPayPwd", "updatePayPwd");
  }

  @Test
  void aResetEndsTheLock() {
    Actor payer = shop.withPassword(shop.payer("周文", 5_000), PIN);
    String number = shop.purchase(payer, shop.person("郑和"), 1_000, "茶");
    Browser paying = at(shop.payment(payer, number));
    for (int i = 0; i < 5; i++) {
      submit(paying, "password", WRONG);
    }
    assertThat(paying.page()).contains("30033");
    Browser resetting = at(shop.resetting(payer));
    resetting.press("发送验证码");
    String code = shop.code(payer);
    submit(resetting, "code", other(code), "fresh", OTHER, "again", OTHER);
    assertThat(resetting.page()).contains("验证码错误");
    submit(resetting, "code", code, "fresh", OTHER, "again", OTHER);
    assertThat(resetting.page()).contains("支付密码已重置");
    Browser again = at(shop.payment(payer, number));
    submit(again, "password", OTHER);
    assertThat(paid(again).status()).isEqualTo("success");
    assertThat(told(payer)).containsExactly("setPayPwd", "resetPayPwd");
  }

  @Test
  void anotherPhoneNeedsThePasswordAndProvesItself() {
    Actor actor = shop.withPassword(shop.person("陈思"), PIN);
    String phone = Actor.called("new", "陈思").phone();
    Browser browser = at(shop.changingPhone(actor));
    submit(browser, "phone", actor.phone(), "code", "123456", "password", PIN);
    assertThat(browser.page()).contains("新手机号码与原号码相同");
    browser.type("phone", actor.phone());
    browser.press("发送验证码");
    assertThat(browser.page()).contains("新手机号码与原号码相同").doesNotContain("验证码已发送");
    browser.type("phone", phone);
    browser.press("发送验证码");
    String code = shop.sandbox().code(phone);
    submit(browser, "phone", phone, "code", code, "password", WRONG);
    assertThat(browser.page()).contains("还可以输入 4 次", phone);
    submit(browser, "phone", phone, "code", other(code), "password", PIN);
    assertThat(browser.page()).contains("验证码错误");
    assertThat(information(actor).path("phone").asString("")).isEqualTo(actor.phone());
    submit(browser, "phone", phone, "code", code, "password", PIN);
    assertThat(result(browser).newPhone()).isEqualTo(phone);
    assertThat(information(actor).path("phone").asString("")).isEqualTo(phone);
    assertThat(told(actor)).containsExactly("setPayPwd", "updatePhoneByPayPwd");
    JsonNode newest = shop.sandbox().get("sms?phone=" + actor.phone()).get(0);
    assertThat(newest.path("purpose").asString("")).isEqualTo("PHONE_CHANGED");
    assertThat(newest.path("code").asString("")).isEmpty();
  }

  // ---------------------------------------------------------------- paying

  @Test
  void anOrderIsPaidOnceAndOnlyByItsPayer() {
    Actor payer = shop.payer("吴桐", 10_000);
    Actor seller = shop.person("郑和");
    assertThat(
            catchThrowableOfType(
                    EscrowRefused.class, () -> shop.purchase(payer, seller, 1_000, "茶杯"))
                .code())
        .isEqualTo("20004");
    shop.withPassword(payer, PIN);
    shop.withPassword(seller, PIN);
    String number = shop.purchase(payer, seller, 1_000, "茶杯");
    assertThat(page(shop.payment(seller, number))).contains("错误代码 400");
    assertThat(page(shop.payment(payer, "none"))).contains("40000");
    String byText =
        shop.purchase(payer, seller, 1_000, "茶杯", shop.balance(1_000), Validation.SMS_CODE);
    assertThat(page(shop.payment(payer, byText))).contains("40028");
    assertThat(refusal(new OrderCalls.Pay(payer.member(), number, "123456"))).isEqualTo("40028");
    Browser browser = at(shop.payment(payer, number));
    Browser second = at(shop.payment(payer, number));
    submit(browser, "password", PIN);
    assertThat(paid(browser).status()).isEqualTo("success");
    submit(second, "password", PIN);
    assertThat(second.page()).contains("role=\"alert\"");
    assertThat(page(shop.payment(payer, number))).contains("40004").doesNotContain("<form");
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(9_000));
    assertThat(shop.balance(seller)).isEqualTo(Money.ofFen(1_000));
  }

  @Test
  void aWithdrawalAndABankAreConfirmedWithThePasswordToo() {
    Actor payer = shop.withPassword(shop.payer("孙静", 10_000), PIN);
    String out = shop.number("out");
    shop.call(
        new OrderCalls.Withdraw(
            out,
            payer.member(),
            shop.accountSet(),
            Money.ofFen(4_000),
            Money.ZERO,
            Payment.payout(),
            payer.card(),
            0,
            "T0",
            shop.terms().confirmedBy(Validation.PASSWORD)));
    Browser browser = at(shop.payment(payer, out));
    submit(browser, "password", PIN);
    assertThat(paid(browser).number()).isEqualTo(out);
    assertThat(shop.status(payer, out)).isEqualTo(4);
    String mixed =
        shop.purchase(
            payer,
            shop.person("赵平"),
            7_000,
            "茶壶",
            shop.balance(6_000).and(Payment.testBank(Money.ofFen(1_000))),
            Validation.PASSWORD);
    Browser atBank = at(shop.payment(payer, mixed));
    submit(atBank, "password", WRONG);
    assertThat(atBank.page()).contains("还可以输入 4 次");
    submit(atBank, "password", PIN);
    assertThat(atBank.page()).contains("收银台", "70.00");
    atBank.press("支付");
    atBank.press("支付成功");
    assertThat(shop.status(payer, mixed)).isEqualTo(4);
    assertThat(shop.balance(payer)).isEqualTo(Money.ZERO);
  }

  // ---------------------------------------------------------------- many at once

  @Test
  void sixtyFourWrongPasswordsAtOnceAreFiveErrors() {
    Actor payer = shop.withPassword(shop.payer("林夏", 5_000), PIN);
    String number = shop.purchase(payer, shop.person("高山"), 1_000, "茶");
    URI visit = at(shop.payment(payer, number)).at();
    List<String> pages = together(visit, "act=done&password=" + WRONG);
    for (int left = 1; left < 5; left++) {
      String words = "还可以输入 " + left + " 次";
      assertThat(pages).filteredOn(page -> page.contains(words)).as(words).hasSize(1);
    }
    assertThat(pages).filteredOn(page -> page.contains("30033")).hasSize(MANY - 4);
    assertThat(errors(payer)).isEqualTo(5);
    Browser right = at(shop.payment(payer, number));
    submit(right, "password", PIN);
    assertThat(right.page()).contains("30033");
    assertThat(shop.status(payer, number)).isEqualTo(1);
  }

  @Test
  void sixtyFourRightPasswordsAtOncePayOnce() {
    Actor payer = shop.withPassword(shop.payer("何晓", 5_000), PIN);
    Actor seller = shop.person("高山");
    String number = shop.purchase(payer, seller, 1_000, "茶");
    URI visit = at(shop.payment(payer, number)).at();
    together(visit, "act=done&password=" + PIN);
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(4_000));
    assertThat(shop.balance(seller)).isEqualTo(Money.ofFen(1_000));
    assertThat(errors(payer)).isZero();
  }

  // ---------------------------------------------------------------- how it is done

  private Browser at(URI address) {
    Browser browser = new Browser(shop.sandbox().base());
    browser.open(address);
    return browser;
  }

  private String page(URI address) {
    return at(address).page();
  }

  /** Types into fields, by name, and confirms. */
  private static void submit(Browser browser, String... typed) {
    for (int i = 0; i < typed.length; i += 2) {
      browser.type(typed[i], typed[i + 1]);
    }
    browser.press("确认");
  }

  private PasswordCalls.Result result(Browser browser) {
    return shop.client().returned(signed(browser), PasswordCalls.Result.class);
  }

  private OrderCalls.Paid paid(Browser browser) {
    return shop.client().returned(signed(browser), OrderCalls.Paid.class);
  }

  private static String signed(Browser browser) {
    String query = browser.at().getRawQuery();
    return query.substring(query.indexOf('&') + 1);
  }

  private String refusal(EscrowCall<?> call) {
    return catchThrowableOfType(EscrowRefused.class, () -> shop.call(call)).code();
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  private JsonNode information(Actor actor) {
    return Objects.requireNonNull(shop.call(new MemberCalls.Get(actor.member())).facts());
  }

  /** What the merchant was told about a member's passwords, oldest first. */
  private List<String> told(Actor actor) {
    return shop.notices("passwords").stream()
        .filter(each -> each.at("/returnValue/bizUserId").asString("").equals(actor.member()))
        .map(each -> each.path("method").asString(""))
        .toList();
  }

  private List<String> together(URI address, String form) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest post =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build();
      return IntStream.range(0, MANY)
          .mapToObj(_ -> http.sendAsync(post, HttpResponse.BodyHandlers.ofString()))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .map(HttpResponse::body)
          .toList();
    }
  }

  private int errors(Actor actor) {
    return jdbc.sql(
            """
            SELECT p.errors FROM payment_password p JOIN member m
              ON m.merchant_id = p.merchant_id AND m.id = p.member_id
            WHERE m.biz_user_id = ? AND p.kind = 'PAY'
            """)
        .param(actor.member())
        .query(Integer.class)
        .single();
  }
}

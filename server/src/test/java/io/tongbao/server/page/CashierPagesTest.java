package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Validation;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import io.tongbao.server.TestServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The cashier, the test bank and the sandbox's home in a real browser. §4.2.9, T3-8, T-X5. */
@TestServer
class CashierPagesTest {
  private static final String HOME = "document.querySelector('#home')";

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
  void everyFenIsInItsPlace() {
    if (shop != null) {
      assertThat(shop.audit()).isEmpty();
      shop.close();
    }
  }

  @Test
  void thePayerPaysAtTheBankAndComesBack() {
    Actor payer = shop.payer("林夏", 5_000);
    Actor seller = shop.person("高山");
    String number =
        shop.purchase(
            payer,
            seller,
            123_456,
            "云南普洱茶（熟茶）357 克 × 2",
            shop.balance(5_000).and(Payment.testBank(Money.ofFen(118_456))),
            Validation.SMS_CODE);
    tab.open(shop.cashier(payer, number, shop.code(payer))).picture("cashier");
    URI cashier = tab.address();
    assertThat(tab.text()).contains("1,234.56", "余额支付", "¥50.00", "¥1,184.56", number);
    tab.press("前往测试银行支付").picture("bank");
    assertThat(tab.address().getPath()).startsWith("/vbank/");
    tab.press("支付成功").await(HOME);
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("success");
    assertThat(shop.balance(payer)).isEqualTo(Money.ZERO);
    assertThat(shop.balance(seller)).isEqualTo(Money.ofFen(123_456));
    tab.back().press("支付失败").picture("bank-closed");
    assertThat(tab.text()).contains("此交易已结束");
    tab.open(cashier).picture("cashier-paid");
    assertThat(tab.text()).contains("支付成功", "¥1,234.56");
    tab.press("返回商户").await(HOME);
    assertThat(shop.returns()).isEqualTo(2);
  }

  @Test
  void aRefusedPaymentIsSaidSo() {
    Actor payer = shop.person("何晓");
    String number = shop.deposit(payer, 30_000);
    tab.open(shop.cashier(payer, number, null)).press("前往测试银行支付");
    tab.press("支付失败").await(HOME);
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("fail");
    tab.back().back().reload().picture("cashier-failed");
    assertThat(tab.text()).contains("支付未成功");
  }

  @Test
  void whoLeavesMayComeBackAndIsToldWhenItIsTooLate() {
    Actor payer = shop.person("郭云");
    String number = shop.deposit(payer, 30_000);
    tab.open(shop.cashier(payer, number, null)).press("前往测试银行支付");
    tab.press("离开").await(HOME);
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("pending");
    tab.open(shop.cashier(payer, number, null)).press("前往测试银行支付");
    tab.press("已支付但不通知").await(HOME);
    assertThat(shop.returned(OrderCalls.Paid.class).status()).isEqualTo("pending");
    shop.advance(Duration.ofMinutes(5));
    assertThat(shop.status(payer, number)).isEqualTo(4);
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(30_000));
    tab.back().back();
    shop.advance(Duration.ofMinutes(15));
    tab.reload().picture("cashier-expired");
    assertThat(tab.text()).contains("页面已过期");
  }

  @Test
  void whatTheMerchantWritesIsOnlyEverText() {
    Actor payer = shop.person("马林");
    String goods = "<img src=x onerror=alert(1)><script>document.title='!'</script>\"'><b>茶";
    String number =
        shop.purchase(
            payer,
            shop.person("唐宁"),
            1_000,
            goods,
            Payment.testBank(Money.ofFen(1_000)),
            Validation.NONE);
    tab.open(shop.cashier(payer, number, null)).picture("cashier-hostile-goods");
    assertThat(tab.title()).isEqualTo("收银台");
    assertThat(tab.text()).contains(goods);
    assertThat(
            tab.evaluate("document.querySelectorAll('main img, main script, main b').length")
                .asInt())
        .isZero();
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.header("content-security-policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(tab.header("cache-control")).contains("no-store");
    assertThat(tab.header("referrer-policy")).isEqualTo("no-referrer");
  }

  @Test
  void noPageCanBeFramedAndNoScriptRuns() {
    Actor payer = shop.person("许诺");
    URI cashier = shop.cashier(payer, shop.deposit(payer, 1_000), null);
    shop.show("<iframe id=prey width=300 height=300 src='" + cashier + "'></iframe>");
    tab.open(shop.home());
    assertThat(tab.complaints())
        .anyMatch(each -> each.contains("frame-ancestors") || each.contains("X-Frame-Options"));
    assertThat(
            tab.evaluate(
                    "(() => { try { return document.querySelector('#prey').contentDocument"
                        + " !== null; } catch (e) { return false; } })()")
                .asBoolean())
        .isFalse();

    Tab other = Chromium.here().phone().open(cashier);
    other.evaluate(
        """
        (() => { const script = document.createElement("script");
                 script.textContent = "document.title = 'mine'";
                 document.body.append(script); })()
        """);
    assertThat(other.title()).isEqualTo("收银台");
    assertThat(other.complaints()).anyMatch(each -> each.contains("Content Security Policy"));
  }

  @Test
  void theSameOnADeskAndInTheDark() {
    Actor payer = shop.person("苏黎");
    String number = shop.deposit(payer, 8_888_888);
    Tab desk = Chromium.here().desktop();
    desk.open(shop.cashier(payer, number, null)).picture("cashier-desktop");
    desk.dark().picture("cashier-desktop-dark");
    desk.press("前往测试银行支付").picture("bank-desktop-dark");
    desk.press("支付成功").await(HOME);
    tab.dark().open(URI.create("http://localhost:" + port + "/pwd/visit/100000000001/none"));
    tab.picture("expired-dark");
  }

  @Test
  void aWalletScansTheCounterAndPays() {
    Actor payer = shop.person("方圆");
    OrderCalls.Opened opened =
        shop.open(payer, Payment.scanWeChat(true, Money.ofFen(2_600)), 2_600);
    URI wallet = URI.create(String.valueOf(opened.payInfo()));
    tab.open(wallet.resolve(wallet.getPath() + "/code")).picture("wallet-code");
    assertThat(tab.text()).contains("26.00", "微信支付");
    tab.follow("a.qr").picture("wallet");
    assertThat(tab.address()).isEqualTo(wallet);
    tab.press("确认付款").picture("wallet-paid");
    assertThat(tab.text()).contains("26.00").doesNotContain("确认付款");
    assertThat(shop.status(payer, opened.number())).isEqualTo(4);
    assertThat(shop.balance(payer)).isEqualTo(Money.ofFen(2_600));
    tab.open(URI.create("http://localhost:" + port + "/wallet")).type("#text", "没有");
    tab.press("下一步").picture("wallet-unknown");
    assertThat(tab.evaluate("document.querySelector('[role=alert]').innerText").asString())
        .contains("没有认出");
    OrderCalls.Opened refused = shop.open(payer, Payment.scanAlipay(Money.ofFen(100)), 100);
    tab.open(URI.create(String.valueOf(refused.payInfo()))).press("拒绝付款");
    tab.dark().picture("wallet-refused-dark");
    assertThat(shop.status(payer, refused.number())).isEqualTo(3);
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void aTerminalTakesTheCodeAndTheCard() {
    Actor payer = shop.person("叶青");
    OrderCalls.Opened opened = shop.open(payer, Payment.terminal(Money.ofFen(45_000)), 45_000);
    String sysid = shop.client().credentials().sysid();
    String code = String.valueOf(opened.payCode());
    tab.open(URI.create("http://localhost:" + port + "/pos?sysid=" + sysid));
    tab.type("#code", code.equals("000000") ? "000001" : "000000");
    tab.press("查询订单").picture("terminal-unknown");
    assertThat(tab.text()).contains("付款码不存在");
    tab.type("#code", code).press("查询订单").picture("terminal");
    assertThat(tab.text()).contains("450.00", code);
    tab.press("刷卡成功").picture("terminal-paid");
    assertThat(shop.status(payer, opened.number())).isEqualTo(4);
    tab.press("下一笔");
    tab.type("#sysid", sysid).type("#code", code).press("查询订单");
    assertThat(tab.text()).contains("付款码不存在");
  }

  @Test
  void theSandboxHasAHome() {
    shop.person("姚远");
    URI home = URI.create("http://localhost:" + port + "/");
    tab.open(home).picture("sandbox");
    assertThat(tab.address().getPath()).isEqualTo("/sandbox");
    assertThat(tab.text()).contains("沙箱运行中", "100000000001", "审计", "createMember");
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt()).isLessThan(376);
    assertThat(tab.complaints()).isEmpty();
    Tab desk = Chromium.here().desktop().open(home).picture("sandbox-desktop");
    desk.press("审计");
    assertThat(desk.text()).contains("\"passed\"");
  }
}

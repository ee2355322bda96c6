package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.order.Way;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The pages of the test wallet and the test terminal: what they show, and what they do not. */
@TestServer
class PayerPagesTest {
  private static final String GOODS = "<b>茶叶</b> & 杯";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Purse purse;
  private Market market;

  @BeforeEach
  void open() {
    purse = new Purse(context, port, 0);
    market = purse.market;
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theWalletShowsToWhomForWhatAndHowMuch() {
    String wallet = purse.wallet(order(Way.SCAN_WEIXIN));
    HttpResponse<byte[]> page = purse.get(wallet);
    assertThat(Purse.text(page))
        .contains("付款给 测试应用", "1,234.56", "&lt;b&gt;茶叶&lt;/b&gt; &amp; 杯", "零钱或储蓄卡")
        .contains("确认付款", "拒绝付款", "已付款但不通知")
        .doesNotContain("<script", "<b>茶叶");
    assertGuarded(page);
    assertThat(purse.page(wallet + "/code")).contains("<svg", "<path", "微信支付", "1,234.56");
    purse.choose(wallet, "pay");
    assertThat(purse.page(wallet)).contains("已支付").doesNotContain("<button");
    assertThat(purse.page(wallet + "/code")).contains("已支付").doesNotContain("<svg");
  }

  @Test
  void theTerminalShowsTheSameAndItsCode() {
    JsonNode opened = order(Way.POSPAY);
    String code = opened.get("payCode").stringValue();
    String terminal = purse.terminal(code);
    HttpResponse<byte[]> page = purse.get(terminal);
    assertThat(Purse.text(page)).contains("付款给 测试应用", "1,234.56", code, "刷卡成功");
    assertGuarded(page);
    purse.choose(terminal, "refuse");
    assertThat(purse.page(terminal)).contains("付款人取消支付，没有扣款");
    assertThat(purse.status(opened.get("bizOrderNo").stringValue())).isEqualTo(3);
    String refused = purse.wallet(market.ok("depositApply", purse.deposit(Way.QQ_WALLET, 668_801)));
    purse.choose(refused, "pay");
    assertThat(purse.page(refused)).contains("银行拒绝交易，没有扣款");
  }

  @Test
  void eachPageKnowsItsOwnPaymentsOnly() {
    String wallet = purse.wallet(order(Way.QQ_WALLET));
    String serial = Purse.serial(wallet);
    for (String path : List.of("/vbank/" + serial, "/pos/" + serial, "/wallet/" + "0".repeat(20))) {
      assertThat(purse.page(path)).contains("交易不存在");
    }
    for (String text : List.of("nothing", "0".repeat(20))) {
      assertThat(Purse.text(purse.post("/wallet", "text=" + text))).contains("没有认出支付串");
    }
    JsonNode whole = order(Way.ALIPAY_SERVICE);
    assertThat(
            Purse.to(purse.post("/wallet", "text=" + whole.get("orderNo") + whole.get("payInfo"))))
        .isEqualTo("/wallet/" + whole.get("payInfo").stringValue());
    assertThat(Purse.text(purse.post("/pos", "sysid=1&code=000000"))).contains("付款码不存在");
    purse.choose(wallet, "steal");
    assertThat(purse.page(wallet)).contains("确认付款");
  }

  private JsonNode order(Way way) {
    return market.ok(
        "consumeApply",
        with(
            market.purchase(Purse.NAME, receiver(), 123_456, 0),
            "payMethod",
            purse.by(way, 123_456),
            "goodsName",
            GOODS));
  }

  private String receiver() {
    return market.member(Market.number("shop")).bizUserId();
  }

  private static void assertGuarded(HttpResponse<byte[]> page) {
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
  }
}

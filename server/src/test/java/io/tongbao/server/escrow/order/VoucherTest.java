package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.order.Way;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What terminals and wallets pay, and what shown codes pay, when it does not go well. */
@TestServer
class VoucherTest {
  private static final long BALANCE = 5_000_000;

  /** At this amount the simulated channel says nothing while it waits for the payer. */
  private static final long SILENT = 668_807;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Maintenance maintenance;
  private Purse purse;
  private Market market;

  @BeforeEach
  void open() {
    purse = new Purse(context, port, BALANCE);
    market = purse.market;
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void aWalletThatRefusesFailsTheOrderAndOneThatIsSilentIsAsked() {
    JsonNode refused = market.ok("depositApply", purse.deposit(Way.SCAN_WEIXIN, 100));
    purse.choose(purse.wallet(refused), "refuse");
    assertThat(purse.status(refused.get("bizOrderNo").stringValue())).isEqualTo(3);

    JsonNode silent = market.ok("depositApply", purse.deposit(Way.ALIPAY_SERVICE, 100));
    String number = silent.get("bizOrderNo").stringValue();
    purse.choose(purse.wallet(silent), "silent");
    assertThat(purse.status(number)).isEqualTo(1);
    market.advance(Duration.ofMinutes(5));
    assertThat(purse.status(number)).isEqualTo(4);
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE + 100);
  }

  @Test
  void whatWasPaidIsAskedForOnceMoreBeforeTheOrderCloses() {
    JsonNode opened = market.ok("depositApply", purse.deposit(Way.SCAN_ALIPAY, 100));
    String number = opened.get("bizOrderNo").stringValue();
    for (int i = 0; i < 10; i++) {
      market.advance(Duration.ofHours(2));
    }
    market.advance(Duration.ofMinutes(190));
    purse.choose(purse.wallet(opened), "silent");
    Instant closes = Objects.requireNonNull(purse.request(number).payUntil());
    Instant now = market.merchants.now(market.merchant());
    market.advance(Duration.between(now, closes.minusSeconds(14)));
    purse.awaitStatus(number, 4);
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE + 100);
  }

  @Test
  void whatNobodyPaysInTimeClosesAndIsPaidNoMore() {
    JsonNode scan = market.ok("depositApply", purse.deposit(Way.SCAN_ALIPAY, 100));
    JsonNode pos = market.ok("depositApply", purse.deposit(Way.POSPAY, 100));
    String wallet = purse.wallet(scan);
    String terminal = purse.terminal(pos.get("payCode").stringValue());
    market.advance(Duration.ofHours(24));
    for (String page : List.of(wallet, terminal)) {
      assertThat(purse.page(page)).contains("订单已关闭");
      purse.choose(page, "pay");
    }
    assertThat(purse.status(scan.get("bizOrderNo").stringValue())).isEqualTo(6);
    assertThat(purse.status(pos.get("bizOrderNo").stringValue())).isEqualTo(6);
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE);
    String again = "sysid=" + market.application.sysid() + "&code=" + pos.get("payCode").asString();
    assertThat(Purse.text(purse.post("/pos", again))).contains("付款码不存在或已失效");
  }

  @Test
  void ordersThatAWalletPaysAreNotConfirmedByCall() {
    for (Way way : List.of(Way.SCAN_WEIXIN, Way.POSPAY, Way.WECHATPAY_APP)) {
      JsonNode opened = market.ok("depositApply", purse.deposit(way, 100));
      Map<String, Object> param =
          fields(
              "bizUserId",
              Purse.NAME,
              "bizOrderNo",
              opened.get("bizOrderNo").stringValue(),
              "verificationCode",
              "123456",
              "consumerIp",
              "10.0.0.1");
      assertThat(market.refused("pay", param)).isEqualTo("40028");
    }
  }

  @Test
  void aShownCodeIsAskedAtOnceAndTheAnswerTold() {
    JsonNode paid = market.ok("depositApply", purse.deposit(Way.CODEPAY_W, 100));
    assertThat(paid.get("payStatus").stringValue()).isEqualTo("success");
    JsonNode failed = market.ok("depositApply", purse.deposit(Way.CODEPAY_A, 668_801));
    assertThat(failed.get("payStatus").stringValue()).isEqualTo("fail");
    assertThat(failed.get("payFailMessage").stringValue()).isNotBlank();
    assertThat(purse.status(failed.get("bizOrderNo").stringValue())).isEqualTo(3);
    JsonNode slow = market.ok("depositApply", purse.deposit(Way.CODEPAY_Q, 668_802));
    String number = slow.get("bizOrderNo").stringValue();
    assertThat(slow.get("payStatus").stringValue()).isEqualTo("pending");
    assertThat(purse.status(number)).isEqualTo(99);
    market.advance(Duration.ofHours(25));
    assertThat(purse.status(number)).isEqualTo(4);
    assertThat(market.news(number)).containsExactly("OK");
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE + 100 + 668_802);
  }

  @Test
  void aChannelThatSaysNothingLeavesNoOrderToPay() {
    for (Way way : List.of(Way.SCAN_WEIXIN, Way.POSPAY)) {
      Map<String, Object> param = purse.deposit(way, SILENT);
      assertThat(market.call("depositApply", param).errorCode()).isEqualTo("40007");
      String number = String.valueOf(param.get("bizOrderNo"));
      assertThat(purse.status(number)).isEqualTo(3);
      assertThat(purse.request(number).state()).isEqualTo(ChannelRequest.State.CANCELLED);
      assertThat(market.news(number)).isEmpty();
    }
  }

  @Test
  void aRefusedInvestmentLetsTheBidGo() {
    market.ok("entryGoods", Params.bid("loan", Purse.NAME, 700_000));
    Map<String, Object> investment =
        with(
            market.collection(Purse.NAME, 668_801, 0),
            "tradeCode",
            "1001",
            "goodsType",
            1,
            "goodsNo",
            "loan",
            "payMethod",
            purse.by(Way.CODEPAY_W, 668_801),
            "validateType",
            0);
    for (int i = 0; i < 2; i++) {
      Map<String, Object> again = with(investment, "bizOrderNo", Market.number("invest"));
      JsonNode opened = market.ok("agentCollectApplySimplify", again);
      assertThat(opened.get("payStatus").stringValue()).isEqualTo("fail");
    }
    market.ok(
        "agentCollectApplySimplify",
        with(
            investment,
            "bizOrderNo",
            Market.number("invest"),
            "amount",
            700_000,
            "payMethod",
            purse.by(Way.CODEPAY_W, 700_000)));
    assertThat(market.balance(market.platform("100004"))).isEqualTo(700_000);
  }

  @Test
  void theShownCodeAndThePayersAccountAreWrittenNowhere() {
    market.ok("depositApply", purse.deposit(Way.CODEPAY_W, 100));
    market.ok("depositApply", purse.deposit(Way.ALIPAY_SERVICE, 100));
    for (String table : List.of("channel_request", "order_part", "orders", "simbank.deal")) {
      String all =
          market
              .jdbc
              .sql("SELECT coalesce(string_agg(t::text, ' '), '') FROM " + table + " t")
              .query(String.class)
              .single();
      assertThat(all).doesNotContain("130012345678901234", "2088102146225135");
    }
  }

  @Test
  void aChannelThatIsClosedTakesNothing() {
    maintenance.set("SCAN_WEIXIN", true);
    Map<String, Object> param = purse.deposit(Way.SCAN_WEIXIN, 100);
    EscrowAnswer answer = market.call("depositApply", param);
    assertThat(answer.errorCode()).isEqualTo("40006");
    assertThat(answer.message()).contains("维护");
    assertThat(purse.status(String.valueOf(param.get("bizOrderNo")))).isEqualTo(3);
    maintenance.set("SCAN_WEIXIN", false);
  }
}

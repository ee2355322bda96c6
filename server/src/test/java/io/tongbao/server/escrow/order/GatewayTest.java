package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Evidence;
import io.tongbao.server.edge.Exhibit;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.member.Member;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaVerifier;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payer's way over the cashier's page to the bank and back, as a browser goes: §4.2.9. */
@TestServer
class GatewayTest {
  private static final String FRONT_URL = "http://localhost:9/front?shop=1";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private EscrowKeys keys;
  @Autowired private Evidence evidence;
  private Market market;
  private Member payer;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void thePayerPaysAtTheBankAndComesBackWithASignedResult() {
    String number = deposit(10_000, 20);
    String cashier = to(front(number, null));
    HttpResponse<byte[]> page = get(cashier);
    assertThat(text(page)).contains("100.00", number, "测试银行", "测试应用").doesNotContain("<script");
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
    String bank = to(post(cashier, ""));
    assertThat(text(get(bank))).contains("支付成功", "100.00");
    assertThat(status(number)).isEqualTo(1);
    String result = to(post(bank, "choice=pay"));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(payer)).isEqualTo(9_980);
    assertResult(to(get(result)), number, "success");
    assertThat(text(get(cashier))).contains("支付成功", "返回商户");
  }

  @Test
  void aRefusedPaymentFailsTheOrder() {
    String number = deposit(10_000, 0);
    String bank = to(post(to(front(number, null)), ""));
    assertResult(to(get(to(post(bank, "choice=refuse")))), number, "fail");
    assertThat(status(number)).isEqualTo(3);
    assertThat(text(get(bank))).contains("此交易已结束");
  }

  @Test
  void whoeverLeavesTheBankMayComeBack() {
    String number = deposit(10_000, 0);
    String bank = to(post(to(front(number, null)), ""));
    assertResult(to(get(to(post(bank, "choice=leave")))), number, "pending");
    assertThat(status(number)).isEqualTo(1);
    assertThat(to(post(to(front(number, null)), ""))).isEqualTo(bank);
    to(post(bank, "choice=pay"));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.entries(payer.account())).containsExactly(10_000L);
  }

  @Test
  void whoComesManyTimesAtOnceIsLedToOneBank() throws Exception {
    for (int i = 0; i < 5; i++) {
      String number = deposit(10_000, 0);
      List<String> cashiers = Rush.together(6, () -> to(front(number, null)));
      assertThat(cashiers).allMatch(each -> each.startsWith("/gateway/cashier/"));
      assertThat(cashiers.stream().map(each -> to(post(each, ""))).distinct()).hasSize(1);
    }
  }

  @Test
  void whatTheBankForgetsToTellIsFoundByAsking() {
    String number = deposit(10_000, 0);
    String bank = to(post(to(front(number, null)), ""));
    assertResult(to(get(to(post(bank, "choice=silent")))), number, "pending");
    market.advance(Duration.ofMinutes(5));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void aBankThatCannotTellAtFirstIsReachedLater() {
    String number = deposit(668_807, 0);
    String cashier = to(front(number, null));
    assertThat(text(get(cashier))).contains("银行暂时没有应答");
    for (int i = 0; i < 3; i++) {
      market.advance(Duration.ofSeconds(5));
    }
    to(post(to(post(cashier, "")), "choice=pay"));
    market.advance(Duration.ofMinutes(1));
    assertThat(status(number)).isEqualTo(4);
  }

  @Test
  void choosingTwiceIsChoosingOnce() {
    String number = deposit(10_000, 0);
    String bank = to(post(to(front(number, null)), ""));
    to(post(bank, "choice=pay"));
    assertThat(to(post(bank, "choice=pay"))).isEqualTo(bank);
    assertThat(to(post(bank, "choice=refuse"))).isEqualTo(bank);
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.entries(payer.account())).containsExactly(10_000L);
  }

  @Test
  void aBalancePartNeedsTheCodeAndIsSetAside() {
    market.give(payer.account(), 5_000);
    Member shop = market.member("shop");
    Map<String, Object> purchase =
        with(
            market.purchase("payer", "shop", 12_000, 0),
            "payMethod",
            Map.of(
                "GATEWAY",
                Map.of("bankCode", "vbank", "payType", 1, "amount", 7_000),
                "BALANCE",
                List.of(Map.of("accountSetNo", "200001", "amount", 5_000))),
            "frontUrl",
            FRONT_URL);
    JsonNode opened = market.ok("consumeApply", purchase);
    String number = opened.get("bizOrderNo").stringValue();
    assertThat(text(front(number, null))).contains("10001");
    assertThat(text(front(number, "000000"))).contains("50001");
    assertThat(market.frozen(payer)).isZero();
    String orderNo = opened.get("orderNo").stringValue();
    String cashier = to(front(number, market.code(payer.requirePhone(), orderNo)));
    assertThat(market.frozen(payer)).isEqualTo(5_000);
    assertThat(text(get(cashier))).contains("¥120.00".substring(1), "50.00", "70.00");
    to(post(to(post(cashier, "")), "choice=pay"));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(payer)).isZero();
    assertThat(market.frozen(payer)).isZero();
    assertThat(market.balance(shop)).isEqualTo(12_000);
  }

  @Test
  void anExpiredOrderLetsGoAndTheBanksLateWordMovesNothing() {
    String number = deposit(10_000, 0);
    String cashier = to(front(number, null));
    String bank = to(post(cashier, ""));
    market.advance(Duration.ofHours(24));
    assertThat(status(number)).isEqualTo(6);
    assertThat(text(get(bank))).contains("此交易已结束");
    assertThat(to(post(bank, "choice=pay"))).isEqualTo(bank);
    assertThat(market.balance(payer)).isZero();
    assertThat(text(get(cashier))).contains("页面已过期");
  }

  @Test
  void pagesForgetTheirTokensAndKnowNoOthers() {
    String number = deposit(10_000, 0);
    String cashier = to(front(number, null));
    market.advance(Duration.ofMinutes(16));
    assertThat(text(get(cashier))).contains("页面已过期");
    assertThat(text(get("/gateway/cashier/" + market.application.sysid() + "/" + "0".repeat(64))))
        .contains("页面已过期");
    assertThat(text(get("/gateway/result/" + market.application.sysid() + "/123")))
        .contains("订单不存在");
    assertThat(text(get("/vbank/123"))).contains("交易不存在");
  }

  @Test
  void onlyASignedMessageOpensTheCashier() {
    String number = deposit(10_000, 0);
    String form = signed(number, null);
    assertThat(text(send("/service/gateway/frontTrans.do", form.replace("payer", "payes"))))
        .contains("51003");
    assertThat(text(front("nothing", null))).contains("40000");
    assertThat(to(send("/yungateway/frontTrans.do", form))).startsWith("/gateway/cashier/");
    assertThat(
            to(
                market.application.send(
                    HttpRequest.newBuilder(at("/service/gateway/frontTrans.do?" + form)).GET())))
        .startsWith("/gateway/cashier/");
    Instant now = market.application.now();
    assertThat(
            evidence.between(market.application.merchant(), now.minusSeconds(600), now, 99).stream()
                .filter(exhibit -> exhibit.operation().equals("OrderService.pay"))
                .filter(exhibit -> exhibit.signed().content().utf8().contains(number)))
        .singleElement()
        .matches(exhibit -> exhibit.verdict() == Exhibit.Verdict.PROVEN);
  }

  /** As clients in the field do; who may not use the page may not in another spelling either. */
  @Test
  void aPageTakesItsNameInAnyCase() {
    String form = signed("OrderService.Pay", deposit(10_000, 0), null);
    String path = "/yungateway/frontTrans.do?";
    assertThat(to(get(path + form + "&ssoid=ime_public_ssoid&"))).startsWith("/gateway/cashier/");
    market.merchants.changeSettings(market.merchant(), Map.of("denied", "OrderService.pay"));
    assertThat(text(get(path + form))).contains("20003");
    market.merchants.changeSettings(market.merchant(), Map.of("denied", ""));
    assertThat(text(get(path + signed("OrderService.pays", "x", null)))).contains("10000");
  }

  @Test
  void theStylesheetIsThereAndNothingElse() {
    assertThat(get("/static/page.css").statusCode()).isEqualTo(200);
    assertThat(get("/static/application.yaml").statusCode()).isEqualTo(404);
    assertThat(get("/page.css").statusCode()).isEqualTo(404);
  }

  /** The redirect to the merchant: his own parameter kept, ours added, the signature right. */
  private void assertResult(String address, String number, String payStatus) {
    assertThat(address).startsWith(FRONT_URL + "&");
    Map<String, String> query =
        Arrays.stream(URI.create(address).getRawQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    assertThat(query).containsEntry("sysid", market.application.sysid());
    assertThat(query).containsEntry("status", "OK");
    String signedValue = String.valueOf(query.get("signedValue"));
    Bytes sign = Bytes.ofBase64(String.valueOf(query.get("sign")));
    assertThat(new RsaVerifier(keys.publicKey(), RsaScheme.SHA1).verify(signedValue, sign))
        .isTrue();
    JsonNode result = JsonMapper.shared().readTree(signedValue);
    assertThat(result.get("bizOrderNo").stringValue()).isEqualTo(number);
    assertThat(result.get("bizUserId").stringValue()).isEqualTo("payer");
    assertThat(result.get("payStatus").stringValue()).isEqualTo(payStatus);
  }

  private String deposit(long amount, long fee) {
    String number = number("gateway");
    market.ok(
        "depositApply",
        fields(
            "bizOrderNo",
            number,
            "bizUserId",
            "payer",
            "accountSetNo",
            "200001",
            "amount",
            amount,
            "fee",
            fee,
            "frontUrl",
            FRONT_URL,
            "backUrl",
            Market.BACK_URL,
            "payMethod",
            Map.of("GATEWAY", Map.of("bankCode", "vbank", "payType", 1, "amount", amount)),
            "industryCode",
            "1910",
            "industryName",
            "其他",
            "source",
            1));
    return number;
  }

  private int status(String number) {
    return market.orderStatus("payer", number);
  }

  private HttpResponse<byte[]> front(String number, @Nullable String code) {
    return send("/service/gateway/frontTrans.do", signed(number, code));
  }

  private String signed(String number, @Nullable String code) {
    return signed("OrderService.pay", number, code);
  }

  private String signed(String operation, String number, @Nullable String code) {
    Map<String, Object> param =
        fields("bizUserId", "payer", "bizOrderNo", number, "consumerIp", number("10.0.0.1"));
    if (code != null) {
      param.put("verificationCode", code);
    }
    return market
        .application
        .sign(operation, JsonMapper.shared().writeValueAsString(param), market.application.now())
        .form();
  }

  private HttpResponse<byte[]> send(String path, String form) {
    return market.application.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpResponse<byte[]> post(String path, String form) {
    return send(path, form);
  }

  private HttpResponse<byte[]> get(String path) {
    return market.application.send(HttpRequest.newBuilder(at(path)).GET());
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String to(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(303);
    return response.headers().firstValue("location").orElseThrow();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}

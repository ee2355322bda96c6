package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Deposits and confirmations over HTTP, with the sandbox's amounts: §4.2.2, §4.2.8. */
@TestServer
class CheckoutTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member payer;
  private String card;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer");
    card = market.card(payer);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void depositByCardBringsTheAmountLessTheFee() {
    String number = open(10_000, 30);
    assertThat(status(number)).isEqualTo(1);
    assertThat(pay(number).get("payStatus").stringValue()).isEqualTo("success");
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.entries(payer.account())).containsExactly(10_000L, -30L);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(30);
    assertThat(market.balance(market.platform("clearing:REALNAMEPAY"))).isEqualTo(-10_000);
    assertThat(told(number)).containsExactly("OK");
    assertThat(market.refused("pay", confirmation(number, "9999"))).isEqualTo("40004");
  }

  @Test
  void aDeclinedPaymentFailsTheOrderAndTellsNobody() {
    String number = open(668_801, 0);
    JsonNode answer = pay(number);
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("fail");
    assertThat(answer.get("payFailMessage").stringValue()).isNotBlank();
    assertThat(status(number)).isEqualTo(3);
    assertThat(market.balance(payer)).isZero();
    assertThat(told(number)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"668802", "668807", "668808"})
  void anOutcomeThatNobodyKnowsIsAskedForUntilItIsKnown(long amount) {
    String number = open(amount, 0);
    assertThat(pay(number).get("payStatus").stringValue()).isEqualTo("pending");
    assertThat(status(number)).isIn(99, 4);
    for (int i = 0; i < 5 && status(number) == 99; i++) {
      market.advance(Duration.ofMinutes(2));
    }
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(payer)).isEqualTo(amount);
    assertThat(market.entries(payer.account())).containsExactly(amount);
    assertThat(told(number)).containsExactly("OK");
  }

  @Test
  void aBalancePartIsSetAsideWhileTheChannelDecides() {
    market.give(payer.account(), 100_000);
    Member shop = market.member("shop");
    String number = combined(shop, 668_802 + 50_000, 668_802);
    assertThat(pay(number).get("payStatus").stringValue()).isEqualTo("pending");
    assertThat(market.frozen(payer)).isEqualTo(50_000);
    assertThat(market.balance(payer)).isEqualTo(100_000);
    market.advance(Duration.ofMinutes(2));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.frozen(payer)).isZero();
    assertThat(market.balance(payer)).isEqualTo(50_000);
    assertThat(market.balance(shop)).isEqualTo(668_802 + 50_000);
  }

  @Test
  void aBalancePartIsLetGoWhereTheChannelRefuses() {
    market.give(payer.account(), 100_000);
    Member shop = market.member("shop");
    String number = combined(shop, 668_801 + 50_000, 668_801);
    assertThat(pay(number).get("payStatus").stringValue()).isEqualTo("fail");
    assertThat(market.frozen(payer)).isZero();
    assertThat(market.balance(payer)).isEqualTo(100_000);
    assertThat(market.balance(shop)).isZero();
  }

  @Test
  void aReceiverWhoIsLockedMeanwhileIsPaidWhenHeIsOpenAgain() {
    String number = open(668_802, 0);
    assertThat(pay(number).get("payStatus").stringValue()).isEqualTo("pending");
    var now = market.merchants.now(market.merchant());
    market.members.lock(market.members.require(market.merchant(), "payer"), now);
    market.advance(Duration.ofMinutes(2));
    assertThat(market.refused("getOrderDetail", fields("bizUserId", "payer", "bizOrderNo", number)))
        .isEqualTo("30002");
    assertThat(market.balance(payer)).isZero();
    market.members.unlock(market.members.require(market.merchant(), "payer"), now);
    market.advance(Duration.ofHours(2));
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(payer)).isEqualTo(668_802);
  }

  @Test
  void anOrderThatNobodyConfirmsCloses() {
    String number = open(10_000, 0);
    market.advance(Duration.ofHours(24));
    assertThat(status(number)).isEqualTo(6);
    assertThat(market.refused("pay", confirmation(number, "9999"))).isEqualTo("40001");
    assertThat(told(number)).isEmpty();
  }

  @Test
  void aWrongCodeConfirmsNothingAndDiesAfterFiveTries() {
    String number = open(10_000, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(market.refused("pay", confirmation(number, "0000"))).isEqualTo("50001");
    }
    assertThat(market.refused("pay", confirmation(number, "9999"))).isEqualTo("50001");
    assertThat(status(number)).isEqualTo(1);
  }

  @Test
  void theCodeOfOneOrderConfirmsNoOther() {
    market.give(payer.account(), 10_000);
    Member shop = market.member("shop");
    JsonNode first = market.ok("consumeApply", market.purchase("payer", "shop", 100, 0));
    JsonNode second = market.ok("consumeApply", market.purchase("payer", "shop", 100, 0));
    String other = second.get("orderNo").stringValue();
    String number = first.get("bizOrderNo").stringValue();
    String code = market.code(phone(), other);
    String own = market.code(phone(), first.get("orderNo").stringValue());
    if (!own.equals(code)) {
      assertThat(market.refused("pay", confirmation(number, code))).isEqualTo("50001");
    }
    assertThat(market.balance(shop)).isZero();
  }

  @Test
  void onlyThePayerConfirms() {
    market.member("other");
    String number = open(10_000, 0);
    assertThat(market.refused("pay", with(confirmation(number, "9999"), "bizUserId", "other")))
        .isEqualTo("40022");
    assertThat(market.refused("pay", confirmation("no-such", "9999"))).isEqualTo("40000");
    assertThat(market.refused("pay", with(confirmation(number, "9999"), "bizUserId", "nobody")))
        .isEqualTo("30001");
  }

  @Test
  void anOrderOfTheBanksPageIsNotConfirmedBehindIt() {
    String number = number("gateway");
    market.ok(
        "depositApply",
        with(
            deposit(number, 10_000, 0),
            "payMethod",
            Map.of("GATEWAY", Map.of("bankCode", "vbank", "payType", 1, "amount", 10_000)),
            "frontUrl",
            "http://localhost:9/front"));
    assertThat(market.refused("pay", confirmation(number, "123456"))).isEqualTo("40028");
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 0, 40020",
    "amount, -1, 10000",
    "amount, 1.5, 10000",
    "fee, 10001, 40016",
    "fee, -1, 10000",
    "bizOrderNo, a b, 10000",
    "bizOrderNo, '', 10001",
    "bizOrderNo, =1, 10000",
    "accountSetNo, 100001, 30018",
    "accountSetNo, 7, 30019",
    "validateType, 0, 40028",
    "validateType, 2, 20004",
    "validateType, 3, 40028",
    "source, 3, 50004",
    "industryCode, 10, 10000",
    "industryCode, 9999, 10000",
    "industryName, '', 10001",
    "backUrl, ftp://example.com, 10000",
    "backUrl, '', 10001",
    "summary, 一二三四五六七八九十一二三四五六七八九十一, 10000",
    "summary, a|b, 10000",
    "ordErexpireDatetime, 2026-02-30 00:00:00, 10000",
    "ordErexpireDatetime, 2020-01-01 00:00:00, 40003",
    "ordErexpireDatetime, 2099-01-01 00:00:00, 10000",
    "bizUserId, nobody, 30001",
  })
  void whatDoesNotFitIsRefusedByItsCode(String field, String value, String code) {
    Map<String, Object> param = with(deposit(number("bad"), 10_000, 0), field, value);
    assertThat(market.refused("depositApply", param)).isEqualTo(code);
  }

  @Test
  void whatPaysIsChecked() {
    Map<String, Object> good = Map.of("bankCardNo", card, "amount", 10_000);
    Map<String, Object> gateway = Map.of("bankCode", "vbank", "payType", 1, "amount", 10_000);
    assertThat(refused(Map.of("REALNAMEPAY", Map.of("bankCardNo", card, "amount", 9_999))))
        .isEqualTo("40005");
    assertThat(refused(Map.of("REALNAMEPAY", Map.of("amount", 10_000)))).isEqualTo("10001");
    assertThat(refused(Map.of("REALNAMEPAY", Map.of("bankCardNo", "123", "amount", 10_000))))
        .isEqualTo("51001");
    assertThat(refused(Map.of("REALNAMEPAY", good, "GATEWAY", gateway))).isEqualTo("40015");
    assertThat(refused(Map.of("QUICKPAY", good, "GATEWAY", gateway))).isEqualTo("40008");
    assertThat(refused(Map.of("QUICKPAY_N", good, "GATEWAY", gateway))).isEqualTo("40008");
    assertThat(refused(Map.of("GATEWAY", gateway))).as("no frontUrl").isEqualTo("10001");
    assertThat(refused(Map.of("GATEWAY", with(gateway, "bankCode", "000000")))).isEqualTo("50005");
    assertThat(refused(Map.of("GATEWAY", with(gateway, "payType", 2)))).isEqualTo("10000");
    assertThat(refused(Map.of("GATEWAY", with(gateway, "payType", 27)))).isEqualTo("40026");
    assertThat(refused(Market.balancePay(10_000))).isEqualTo("40015");
    market.set(Map.of("ways.closed", "POSPAY,SCAN_ALIPAY"));
    assertThat(refused(Map.of("SCAN_ALIPAY", Map.of("payType", "A01", "amount", 10_000))))
        .isEqualTo("40026");
    assertThat(refused(Map.of("BITCOIN", Map.of("amount", 10_000)))).isEqualTo("10001");
    assertThat(refused(Map.of())).isEqualTo("10001");
  }

  @Test
  void aCardThatIsNotBoundDoesNotPay() {
    Member other = market.member("other");
    String foreign = market.card(other);
    assertThat(refused(Map.of("REALNAMEPAY", Map.of("bankCardNo", foreign, "amount", 10_000))))
        .isEqualTo("30016");
  }

  @Test
  void aNumberIsUsedOnce() {
    String number = open(10_000, 0);
    Map<String, Object> again = with(deposit(number, 10_000, 0), "summary", "再来");
    assertThat(market.refused("depositApply", again)).isEqualTo("40017");
    assertThat(market.refused("depositApply", deposit(number, 20_000, 0))).isEqualTo("40017");
  }

  @Test
  void whatWasSaidComesBackAsItWas() {
    String info = "{\"a\": \"b|c\",\n \"汉\": 1}";
    JsonNode opened =
        market.ok("depositApply", with(deposit(number("info"), 10_000, 0), "extendInfo", info));
    assertThat(opened.get("extendInfo").stringValue()).isEqualTo(info);
    assertThat(opened.has("payStatus")).isFalse();
    assertThat(opened.get("orderNo").stringValue()).matches("[0-9]{20}");
  }

  private String refused(Map<String, Object> payMethod) {
    return market.refused(
        "depositApply", with(deposit(number("bad"), 10_000, 0), "payMethod", payMethod));
  }

  private Secret phone() {
    return market.members.require(market.merchant(), "payer").requirePhone();
  }

  private int status(String number) {
    return market.orderStatus("payer", number);
  }

  private String open(long amount, long fee) {
    String number = number("deposit");
    market.ok("depositApply", deposit(number, amount, fee));
    return number;
  }

  private String combined(Member receiver, long amount, long byCard) {
    Map<String, Object> ways =
        Map.of(
            "REALNAMEPAY",
            Map.of("bankCardNo", card, "amount", byCard),
            "BALANCE",
            List.of(Map.of("accountSetNo", "200001", "amount", amount - byCard)));
    Map<String, Object> purchase =
        with(market.purchase("payer", receiver.bizUserId(), amount, 0), "payMethod", ways);
    return market.ok("consumeApply", purchase).get("bizOrderNo").stringValue();
  }

  private JsonNode pay(String number) {
    return market.ok("pay", confirmation(number, "9999"));
  }

  /** What the merchant hears of an order, also where the notice is already on its way. */
  private List<String> told(String number) {
    return market
        .jdbc
        .sql(
            """
            SELECT n.facts ->> 'status'
              FROM (SELECT id, subject, facts FROM news UNION SELECT id, subject, facts FROM notice
                    UNION SELECT id, subject, facts FROM notice_done) n
              JOIN orders o ON o.id = n.subject
             WHERE o.merchant_id = ? AND o.number = ? ORDER BY n.id
            """)
        .params(market.merchant().id(), number)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** No two are alike, so that none is taken for the repetition of another. */
  private static Map<String, Object> confirmation(String number, String code) {
    return fields(
        "bizUserId",
        "payer",
        "bizOrderNo",
        number,
        "verificationCode",
        code,
        "consumerIp",
        number("127.0.0.1"));
  }

  private Map<String, Object> deposit(String number, long amount, long fee) {
    return fields(
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
        "backUrl",
        Market.BACK_URL,
        "payMethod",
        Map.of("REALNAMEPAY", Map.of("bankCardNo", card, "amount", amount)),
        "industryCode",
        "1910",
        "industryName",
        "其他",
        "source",
        1);
  }
}

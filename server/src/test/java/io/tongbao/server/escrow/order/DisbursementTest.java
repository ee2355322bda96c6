package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Collections and what is disbursed of them. Specification §4.2.5, §4.2.6, §6.6, §6.15. */
@TestServer
class DisbursementTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member buyer;
  private Member seller;
  private long waiting;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    buyer = market.member("buyer", 2_000_000);
    seller = market.member("seller");
    waiting = market.platform("100004");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void collectedMoneyWaits() {
    String number = market.paidCollection("buyer", 1000, 10);
    assertThat(market.balance(buyer)).isEqualTo(1_999_000);
    assertThat(market.balance(waiting)).isEqualTo(990);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(10);
    assertThat(market.remaining(number)).isEqualTo(990);
    assertThat(market.news(number)).containsExactly("OK");
  }

  @Test
  void collectsWithTheCodesAndGoodsOfTheSpecification() {
    Map<String, Object> good = market.collection("buyer", 10, 0);
    for (String code : List.of("4001", "2001", "9999", "1008")) {
      assertThat(collectRefused(with(good, "tradeCode", code))).isEqualTo("40010");
    }
    assertThat(collectRefused(with(good, "goodsType", 1, "goodsNo", "bid")))
        .as("not entered")
        .isEqualTo("40024");
    assertThat(collectRefused(with(good, "goodsType", 5, "goodsNo", "x"))).isEqualTo("10000");
    assertThat(collectRefused(with(good, "goodsType", 3))).isEqualTo("10001");
    assertThat(collectRefused(with(good, "fee", 11))).isEqualTo("40016");
    market.paid("agentCollectApplySimplify", with(good, "goodsType", 3, "goodsNo", "shirt"));
    Map<String, Object> ignored = market.collection("buyer", 5, 0);
    market.paid("agentCollectApplySimplify", with(ignored, "goodsType", 0, "goodsNo", "无 商品"));
    Map<String, Object> free = market.collection("buyer", 10, 0);
    free.remove("fee");
    market.paid("agentCollectApplySimplify", free);
    assertThat(market.balance(waiting)).isEqualTo(25);
  }

  @Test
  void paysTheEarliestCollectionsOut() {
    String first = market.paidCollection("buyer", 100, 0);
    String second = market.paidCollection("buyer", 100, 0);
    Map<String, Object> disbursement = market.disbursement("seller", 130, 5);
    JsonNode answer = market.ok("signalAgentPaySimplify", with(disbursement, "extendInfo", "x"));
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("success");
    assertThat(answer.get("extendInfo").stringValue()).isEqualTo("x");
    assertThat(market.remaining(first)).isZero();
    assertThat(market.remaining(second)).isEqualTo(70);
    assertThat(market.entries(seller.account())).containsExactly(130L, -5L);
    assertThat(market.balance(waiting)).isEqualTo(70);
    String number = String.valueOf(disbursement.get("bizOrderNo"));
    assertThat(market.orderStatus("seller", number)).isEqualTo(4);
    assertThat(market.news(number)).containsExactly("OK");
  }

  @Test
  void paysManySmallCollectionsOutAtOnce() {
    for (int i = 0; i < 40; i++) {
      market.paidCollection("buyer", 10, 0);
    }
    assertThat(payRefused(market.disbursement("seller", 401, 0))).isEqualTo("40014");
    market.ok("signalAgentPaySimplify", market.disbursement("seller", 395, 0));
    assertThat(market.balance(waiting)).isEqualTo(5);
    market.ok("signalAgentPaySimplify", market.disbursement("seller", 5, 0));
    assertThat(market.balance(seller)).isEqualTo(400);
  }

  @Test
  void paysOutWhatWasCollectedForTheSameOnly() {
    market.paidCollection("buyer", 100, 0);
    market.paid(
        "agentCollectApplySimplify",
        with(market.collection("buyer", 50, 0), "goodsType", 3, "goodsNo", "shirt"));
    Map<String, Object> more = market.disbursement("seller", 101, 0);
    assertThat(payRefused(more)).isEqualTo("40014");
    Map<String, Object> all = market.disbursement("seller", 100, 0);
    assertThat(payRefused(with(all, "tradeCode", "4002"))).isEqualTo("40014");
    assertThat(payRefused(with(all, "tradeCode", "3001"))).isEqualTo("40010");
    assertThat(payRefused(with(all, "goodsType", 3, "goodsNo", "shirt"))).isEqualTo("40014");
    assertThat(payRefused(with(all, "accountSetNo", "100001"))).isEqualTo("30018");
    assertThat(payRefused(with(all, "accountSetNo", "17"))).isEqualTo("30019");
    assertThat(payRefused(with(all, "fee", 101))).isEqualTo("40016");
    assertThat(payRefused(with(all, "bizUserId", "nobody"))).isEqualTo("30001");
    market.ok("signalAgentPaySimplify", all);
    assertThat(payRefused(with(all, "summary", "again"))).isEqualTo("40017");
    market.ok(
        "signalAgentPaySimplify",
        with(market.disbursement("seller", 50, 0), "goodsType", 3, "goodsNo", "shirt"));
    assertThat(market.balance(seller)).isEqualTo(150);
  }

  @Test
  void thePayeeGivesSharesOn() {
    market.member("10000");
    for (String name : List.of("10001", "10002", "10003", "10004")) {
      market.member(name);
    }
    market.paidCollection("buyer", 1200, 0);
    market.ok(
        "signalAgentPaySimplify",
        with(market.disbursement("seller", 1200, 20), "splitRuleList", PurchaseTest.example()));
    assertThat(market.balance(seller)).isEqualTo(180);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(30);
  }

  @Test
  void reachesABankAccount() {
    String card = market.card(seller);
    market.paidCollection("buyer", 1000, 0);
    Map<String, Object> disbursement = toCard(1000, 10, card, 990);
    JsonNode answer = market.ok("signalAgentPaySimplify", disbursement);
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("success");
    assertThat(market.entries(seller.account())).containsExactly(1000L, -10L, -990L);
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(990);
    assertThat(market.news(String.valueOf(disbursement.get("bizOrderNo")))).containsExactly("OK");
  }

  @Test
  void aBankAccountMustBeBoundAndTheAmountFit() {
    String card = market.card(seller);
    market.paidCollection("buyer", 1000, 0);
    assertThat(payRefused(toCard(1000, 10, card, 1000))).isEqualTo("40020");
    assertThat(payRefused(toCard(1000, 1000, card, 0))).isEqualTo("40020");
    String foreign = market.card(market.member("stranger"));
    assertThat(payRefused(toCard(1000, 10, foreign, 990))).isEqualTo("30016");
    assertThat(payRefused(toCard(1000, 10, "not sealed", 990))).isEqualTo("51001");
  }

  @Test
  void aRefusedPayoutHasNoEffect() {
    String card = market.card(seller);
    String collection = market.paidCollection("buyer", 668_811, 0);
    Map<String, Object> disbursement = toCard(668_811, 10, card, 668_801);
    JsonNode answer = market.ok("signalAgentPaySimplify", disbursement);
    String number = String.valueOf(disbursement.get("bizOrderNo"));
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("fail");
    assertThat(answer.get("payFailMessage").stringValue()).isNotBlank();
    assertThat(market.remaining(collection)).isEqualTo(668_811);
    assertThat(market.balance(seller)).isZero();
    assertThat(market.orderStatus("seller", number)).isEqualTo(3);
    assertThat(market.news(number)).containsExactly("error");
  }

  @Test
  void aSlowPayoutIsPendingUntilTheBankSays() {
    String card = market.card(seller);
    market.paidCollection("buyer", 668_802, 0);
    Map<String, Object> disbursement = toCard(668_802, 0, card, 668_802);
    JsonNode answer = market.ok("signalAgentPaySimplify", disbursement);
    String number = String.valueOf(disbursement.get("bizOrderNo"));
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("pending");
    assertThat(market.orderStatus("seller", number)).isEqualTo(99);
    assertThat(payRefused(market.disbursement("seller", 1, 0))).isEqualTo("40014");
    market.advance(Duration.ofHours(1));
    assertThat(market.orderStatus("seller", number)).isEqualTo(4);
    assertThat(market.news(number)).containsExactly("pending", "OK");
  }

  @Test
  void tomorrowsPayoutWaitsForTomorrow() {
    String card = market.card(seller);
    market.paidCollection("buyer", 100, 0);
    Map<String, Object> info =
        fields("bankCardNo", card, "amount", 100, "backUrl", Market.BACK_URL, "withdrawType", "T1");
    Map<String, Object> disbursement =
        with(market.disbursement("seller", 100, 0), "payToBankCardInfo", info);
    String number = String.valueOf(disbursement.get("bizOrderNo"));
    assertThat(market.ok("signalAgentPaySimplify", disbursement).get("payStatus").stringValue())
        .isEqualTo("pending");
    market.runDue();
    assertThat(market.orderStatus("seller", number)).isEqualTo(99);
    market.advance(Duration.ofHours(25));
    assertThat(market.orderStatus("seller", number)).isEqualTo(4);
  }

  @Test
  void whatTheBankReturnsStaysInTheBalance() {
    String card = market.card(seller);
    market.paidCollection("buyer", 668_803, 0);
    Map<String, Object> disbursement = toCard(668_803, 0, card, 668_803);
    market.ok("signalAgentPaySimplify", disbursement);
    String number = String.valueOf(disbursement.get("bizOrderNo"));
    assertThat(market.orderStatus("seller", number)).isEqualTo(4);
    market.advance(Duration.ofHours(25));
    assertThat(market.orderStatus("seller", number)).isEqualTo(5);
    assertThat(market.balance(seller)).isEqualTo(668_803);
    assertThat(market.balance(market.platform("clearing:TLT"))).isZero();
  }

  private Map<String, Object> toCard(long amount, long fee, String card, long cardAmount) {
    Map<String, Object> info =
        fields("bankCardNo", card, "amount", cardAmount, "backUrl", Market.BACK_URL);
    return with(market.disbursement("seller", amount, fee), "payToBankCardInfo", info);
  }

  private String collectRefused(Map<String, Object> param) {
    return market.refused("agentCollectApplySimplify", param);
  }

  private String payRefused(Map<String, Object> param) {
    return market.refused("signalAgentPaySimplify", param);
  }
}

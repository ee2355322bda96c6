package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowApplication;
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

/** Refunds of purchases and collections, by their ways. Specification §4.2.17. */
@TestServer
class RefundTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member payer;
  private Member shop;
  private long fees;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer", 2_000_000);
    shop = market.member("shop");
    fees = market.platform("100001");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void givesAPurchaseBackInSteps() {
    String original = market.paidPurchase("payer", "shop", 100, 10);
    market.give(shop.account(), 10);
    Map<String, Object> first = with(market.refund(original, "payer", 30), "feeAmount", 4);
    JsonNode answer = market.ok("refund", first);
    assertThat(answer.get("amount").longValue()).isEqualTo(30);
    assertThat(answer.get("feeAmount").longValue()).isEqualTo(4);
    assertThat(market.orderStatus("payer", original)).isEqualTo(5);
    assertThat(market.balance(shop)).isEqualTo(100 - 26);
    assertThat(market.balance(fees)).isEqualTo(6);
    assertThat(market.news(String.valueOf(first.get("bizOrderNo")))).containsExactly("OK");
    assertThat(market.orderStatus("payer", String.valueOf(first.get("bizOrderNo")))).isEqualTo(4);

    assertThat(refundRefused(market.refund(original, "payer", 71))).isEqualTo("40020");
    assertThat(refundRefused(with(market.refund(original, "payer", 70), "feeAmount", 7)))
        .isEqualTo("40020");
    market.ok("refund", with(market.refund(original, "payer", 70), "feeAmount", 6));
    assertThat(market.balance(payer)).isEqualTo(2_000_000);
    assertThat(market.balance(shop)).isEqualTo(10);
    assertThat(market.balance(fees)).isZero();
    assertThat(refundRefused(market.refund(original, "payer", 1))).isEqualTo("40020");
  }

  @Test
  void theReceiverBearsWhatItGaveOn() {
    Member partner = market.member("partner");
    List<Map<String, Object>> rule =
        List.of(fields("bizUserId", "partner", "amount", 60, "fee", 0));
    String original =
        market.paid(
            "consumeApply", with(market.purchase("payer", "shop", 100, 0), "splitRule", rule));
    assertThat(refundRefused(market.refund(original, "payer", 41))).isEqualTo("40014");
    market.ok("refund", market.refund(original, "payer", 40));
    assertThat(market.balance(shop)).isZero();
    assertThat(market.balance(partner)).isEqualTo(60);
  }

  @Test
  void givesACollectionBackOutOfTheIntermediateAccount() {
    String original = market.paidCollection("payer", 100, 10);
    market.ok("signalAgentPaySimplify", market.disbursement("shop", 50, 0));
    assertThat(refundRefused(market.refund(original, "payer", 41))).isEqualTo("40014");
    assertThat(refundRefused(with(market.refund(original, "payer", 41), "feeAmount", 0)))
        .isEqualTo("40014");
    market.ok("refund", with(market.refund(original, "payer", 50), "feeAmount", 10));
    assertThat(market.balance(payer)).isEqualTo(2_000_000 - 50);
    assertThat(market.remaining(original)).isZero();
    assertThat(market.balance(market.platform("100004"))).isZero();
    assertThat(market.balance(market.platform("100005"))).isZero();
    assertThat(market.entries(market.platform("100005"))).containsExactly(50L, -50L);
    assertThat(market.balance(fees)).isZero();
  }

  @Test
  void aChannelsMoneyGoesBackByTheChannelFirst() {
    String original = gatewayPurchase(60, 40);
    assertThat(market.balance(market.platform("clearing:GATEWAY"))).isEqualTo(-2_000_060);
    Map<String, Object> refund = market.refund(original, "payer", 75);
    market.ok("refund", refund);
    String number = String.valueOf(refund.get("bizOrderNo"));
    market.runDue();
    assertThat(market.orderStatus("payer", number)).isEqualTo(4);
    assertThat(market.orderStatus("payer", original)).isEqualTo(5);
    assertThat(market.balance(market.platform("clearing:GATEWAY"))).isEqualTo(-2_000_000);
    assertThat(market.balance(payer)).isEqualTo(2_000_000 - 40 + 15);
    assertThat(market.balance(shop)).isEqualTo(25);
    assertThat(whereabouts(number)).isEqualTo(2);
    Map<String, Object> rest = market.refund(original, "payer", 25);
    market.ok("refund", rest);
    assertThat(market.balance(payer)).isEqualTo(2_000_000);
    assertThat(whereabouts(String.valueOf(rest.get("bizOrderNo")))).isEqualTo(1);
  }

  @Test
  void whatTheChannelRefusesHasNoEffect() {
    String original = gatewayPurchase(700_000, 0);
    Map<String, Object> refund = market.refund(original, "payer", 668_801);
    market.ok("refund", refund);
    String number = String.valueOf(refund.get("bizOrderNo"));
    market.runDue();
    assertThat(market.orderStatus("payer", number)).isEqualTo(3);
    assertThat(market.orderStatus("payer", original)).isEqualTo(4);
    assertThat(market.balance(shop)).isEqualTo(700_000);
    assertThat(market.frozen(shop)).isZero();
    assertThat(market.news(number)).containsExactly("error");
    assertThat(whereabouts(number)).isEqualTo(2);
    market.ok("refund", market.refund(original, "payer", 700_000));
    market.runDue();
    assertThat(market.balance(shop)).isZero();
  }

  @Test
  void whileTheChannelDecidesTheMoneyIsSetAside() {
    String original = gatewayPurchase(700_000, 0);
    Map<String, Object> refund = market.refund(original, "payer", 668_802);
    market.ok("refund", refund);
    market.runDue();
    String number = String.valueOf(refund.get("bizOrderNo"));
    assertThat(market.orderStatus("payer", number)).isEqualTo(99);
    assertThat(market.frozen(shop)).isEqualTo(668_802);
    assertThat(refundRefused(market.refund(original, "payer", 31_199))).isEqualTo("40020");
    market.advance(Duration.ofHours(1));
    assertThat(market.orderStatus("payer", number)).isEqualTo(4);
    assertThat(market.balance(shop)).isEqualTo(31_198);
    assertThat(market.balance(payer)).isEqualTo(2_000_000);
  }

  @Test
  void payingByRealNameComesBackToTheBalance() {
    String card = market.card(payer);
    Map<String, Object> way = Map.of("REALNAMEPAY", Map.of("bankCardNo", card, "amount", 500));
    String original =
        market.paid(
            "consumeApply", with(market.purchase("payer", "shop", 500, 0), "payMethod", way));
    Map<String, Object> refund = market.refund(original, "payer", 500);
    market.ok("refund", refund);
    assertThat(market.balance(payer)).isEqualTo(2_000_500);
    assertThat(market.balance(shop)).isZero();
    assertThat(whereabouts(String.valueOf(refund.get("bizOrderNo")))).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeGivenBack() {
    market.member("other");
    String original = market.paidPurchase("payer", "shop", 100, 10);
    Map<String, Object> good = market.refund(original, "payer", 10);
    assertThat(refundRefused(with(good, "oriBizOrderNo", "none"))).isEqualTo("40000");
    assertThat(refundRefused(with(good, "bizUserId", "other"))).isEqualTo("40022");
    assertThat(refundRefused(with(good, "bizUserId", "nobody"))).isEqualTo("30001");
    assertThat(refundRefused(with(good, "amount", 101))).isEqualTo("40020");
    assertThat(refundRefused(with(good, "amount", 0))).isEqualTo("40020");
    assertThat(refundRefused(with(good, "feeAmount", 11))).isEqualTo("40016");
    assertThat(refundRefused(with(good, "couponAmount", 1))).isEqualTo("40020");
    assertThat(refundRefused(with(good, "bizOrderNo", original))).isEqualTo("40017");
    Map<String, Object> list = fields("bizUserId", "shop", "amount", 9);
    assertThat(refundRefused(with(good, "refundList", List.of(list)))).isEqualTo("40020");

    Map<String, Object> unpaid = market.purchase("payer", "shop", 10, 0);
    market.ok("consumeApply", unpaid);
    assertThat(refundRefused(with(good, "oriBizOrderNo", String.valueOf(unpaid.get("bizOrderNo")))))
        .isEqualTo("40019");
    Map<String, Object> done = market.refund(original, "payer", 10);
    market.ok("refund", done);
    assertThat(refundRefused(with(good, "oriBizOrderNo", String.valueOf(done.get("bizOrderNo")))))
        .isEqualTo("40018");
  }

  /** A purchase paid at the bank's page and, for the rest, from the balance. */
  private String gatewayPurchase(long atBank, long balance) {
    Map<String, Object> ways =
        fields("GATEWAY", Map.of("bankCode", "vbank", "payType", 1, "amount", atBank));
    if (balance > 0) {
      ways.put(
          "BALANCE",
          List.of(Map.of("accountSetNo", EscrowApplication.ACCOUNT_SET, "amount", balance)));
    }
    Map<String, Object> purchase =
        with(
            market.purchase("payer", "shop", atBank + balance, 0),
            "payMethod",
            ways,
            "frontUrl",
            Market.BACK_URL);
    market.ok("consumeApply", purchase);
    String number = String.valueOf(purchase.get("bizOrderNo"));
    market.payAtBank("payer", number);
    assertThat(market.orderStatus("payer", number)).isEqualTo(4);
    return number;
  }

  private int whereabouts(String number) {
    return market.facts(number).getFirst().get("refundWhereabouts").intValue();
  }

  private String refundRefused(Map<String, Object> param) {
    return market.refused("refund", param);
  }
}

package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Purchases with their fees and split trees. Specification §4.2.4, §5.3. */
@TestServer
class PurchaseTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member payer;
  private Member shop;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer", 10_000);
    shop = market.member("shop");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theReceiverPaysTheFee() {
    String number = market.paidPurchase("payer", "shop", 100, 2);
    assertThat(market.balance(payer)).isEqualTo(9_900);
    assertThat(market.entries(shop.account())).containsExactly(100L, -2L);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(2);
    assertThat(market.orderStatus("payer", number)).isEqualTo(4);
    assertThat(market.news(number)).containsExactly("OK");
  }

  @Test
  void theSpecificationsSplitExampleComesOutToTheFen() {
    Member first = market.member("10000");
    List<Member> others = new ArrayList<>();
    for (String name : List.of("10001", "10002", "10003", "10004")) {
      others.add(market.member(name));
    }
    market.paid(
        "consumeApply", with(market.purchase("payer", "shop", 1000, 0), "splitRule", example()));
    assertThat(market.entries(first.account())).containsExactly(1000L, -10L, -500L, -200L);
    assertThat(market.balance(first)).isEqualTo(290);
    assertThat(others.stream().map(market::balance)).containsExactly(400L, 150L, 100L, 50L);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(10);
    assertThat(market.balance(shop)).isZero();
  }

  @Test
  void platformSetsTakeShares() {
    List<Map<String, Object>> rule =
        List.of(
            fields("bizUserId", "#yunBizUserId_application#", "amount", 30, "fee", 0),
            fields(
                "bizUserId",
                "#yunBizUserId_application#",
                "accountSetNo",
                "100002",
                "amount",
                "20",
                "fee",
                "0"));
    market.paid("consumeApply", with(market.purchase("payer", "shop", 100, 5), "splitRule", rule));
    assertThat(market.balance(market.platform("100001"))).isEqualTo(35);
    assertThat(market.balance(market.platform("100002"))).isEqualTo(20);
    assertThat(market.balance(shop)).isEqualTo(45);
  }

  @Test
  void thePlatformSellsWhereItMay() {
    Map<String, Object> purchase = market.purchase("payer", "#yunBizUserId_B2C#", 100, 10);
    assertThat(market.refused("consumeApply", purchase)).isEqualTo("20001");
    market.set(Map.of("b2c", "true"));
    market.paid("consumeApply", with(purchase, "summary", "again"));
    assertThat(market.balance(market.platform("100001"))).isEqualTo(100);
  }

  @Test
  void refusesWhatCannotBe() {
    market.member("other");
    Map<String, Object> good = market.purchase("payer", "shop", 100, 2);
    assertThat(market.refused("consumeApply", with(good, "payerId", "nobody"))).isEqualTo("30001");
    assertThat(market.refused("consumeApply", with(good, "recieverId", "nobody")))
        .isEqualTo("30001");
    assertThat(market.refused("consumeApply", with(good, "fee", 101))).isEqualTo("40016");
    assertThat(market.refused("consumeApply", with(good, "amount", 0))).isEqualTo("40020");
    assertThat(market.refused("consumeApply", with(good, "payMethod", Market.balancePay(99))))
        .isEqualTo("40005");
    assertThat(market.refused("consumeApply", with(good, "recieverId", "payer")))
        .isEqualTo("40015");
    assertThat(market.refused("consumeApply", with(good, "validateType", 0))).isEqualTo("40028");
    market.ok("consumeApply", good);
    assertThat(market.refused("consumeApply", with(good, "summary", "again"))).isEqualTo("40017");
  }

  @Test
  void refusesSplitTreesThatCannotBe() {
    market.member("other");
    assertThat(split(fields("bizUserId", "other", "amount", 99, "fee", 0))).isEqualTo("40020");
    assertThat(split(fields("bizUserId", "other", "amount", 98, "fee", 99))).isEqualTo("40016");
    assertThat(split(fields("bizUserId", "shop", "amount", 1, "fee", 0))).isEqualTo("40015");
    assertThat(split(fields("bizUserId", "nobody", "amount", 1, "fee", 0))).isEqualTo("30001");
    assertThat(split(fields("bizUserId", "other", "amount", 1))).isEqualTo("10001");
    assertThat(split(fields("bizUserId", "other", "amount", -1, "fee", 0))).isEqualTo("10000");
    assertThat(split(fields("bizUserId", "other", "amount", "1.0", "fee", 0))).isEqualTo("10000");
    assertThat(split(fields("bizUserId", "other", "amount", 1.5, "fee", 0))).isEqualTo("10000");
    assertThat(split(fields("bizUserId", "other", "accountSetNo", "1", "amount", 1, "fee", 0)))
        .isEqualTo("30019");
    assertThat(split(fields("bizUserId", "other", "accountSetNo", "100001", "amount", 1, "fee", 0)))
        .isEqualTo("30018");
    assertThat(
            split(
                fields(
                    "bizUserId",
                    "#yunBizUserId_application#",
                    "accountSetNo",
                    "100004",
                    "amount",
                    1,
                    "fee",
                    0)))
        .isEqualTo("30018");
  }

  @Test
  void nothingMovesWithoutMoneyOrWithALockedMember() {
    Map<String, Object> dear = market.purchase("payer", "shop", 10_001, 0);
    String orderNo = market.ok("consumeApply", dear).get("orderNo").stringValue();
    String number = String.valueOf(dear.get("bizOrderNo"));
    assertThat(market.refused("pay", market.confirmation("payer", number, orderNo)))
        .isEqualTo("40014");
    assertThat(market.orderStatus("payer", number)).isEqualTo(1);

    Map<String, Object> fair = market.purchase("payer", "shop", 100, 0);
    String fairNo = market.ok("consumeApply", fair).get("orderNo").stringValue();
    String fairNumber = String.valueOf(fair.get("bizOrderNo"));
    market.members.lock(shop, market.merchants.now(market.merchant()));
    assertThat(market.refused("pay", market.confirmation("payer", fairNumber, fairNo)))
        .isEqualTo("30002");
    assertThat(market.refused("consumeApply", market.purchase("payer", "shop", 1, 0)))
        .isEqualTo("30002");
  }

  @Test
  void anExpiredOneIsClosed() {
    Map<String, Object> purchase = market.purchase("payer", "shop", 100, 0);
    String orderNo = market.ok("consumeApply", purchase).get("orderNo").stringValue();
    String number = String.valueOf(purchase.get("bizOrderNo"));
    market.advance(Duration.ofHours(25));
    assertThat(market.orderStatus("payer", number)).isEqualTo(6);
    assertThat(market.refused("pay", market.confirmation("payer", number, orderNo)))
        .isEqualTo("40001");
  }

  private String split(Map<String, Object> rule) {
    return market.refused(
        "consumeApply", with(market.purchase("payer", "shop", 100, 2), "splitRule", List.of(rule)));
  }

  /** Specification §5.3's example. */
  static List<Map<String, Object>> example() {
    Map<String, Object> third3 =
        fields("amount", 100, "fee", 0, "remark", "消费订单三级分账 003", "bizUserId", "10003");
    Map<String, Object> third4 =
        fields("amount", 50, "fee", 0, "remark", "消费订单三级分账 004", "bizUserId", "10004");
    Map<String, Object> second1 =
        fields("amount", 500, "fee", 0, "bizUserId", "10001", "splitRuleList", List.of(third3));
    Map<String, Object> second2 =
        fields("amount", 200, "fee", 0, "bizUserId", "10002", "splitRuleList", List.of(third4));
    return List.of(
        fields(
            "amount",
            1000,
            "fee",
            10,
            "remark",
            "消费一级分账",
            "bizUserId",
            "10000",
            "splitRuleList",
            List.of(second1, second2)));
  }
}

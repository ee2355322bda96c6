package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Bids, investments with coupons, and bids that fail. Specification §4.2.13 to §4.2.19, §5.4. */
@TestServer
class BidTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member investor;
  private Member borrower;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    investor = market.member("investor", 1_000_000);
    borrower = market.member("borrower");
    market.give(market.platform("2000000"), 5_000);
    market.give(market.platform("100002"), 5_000);
    market.give(market.platform("3000001"), 5_000);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void whatWasEnteredIsSaidAgain() {
    JsonNode entered = market.ok("entryGoods", goods("loan"));
    assertThat(entered.get("goodsNo").stringValue()).matches("[0-9]{20,22}");
    Map<String, Object> query =
        fields("bizUserId", "borrower", "bizGoodsNo", "loan", "goodsType", 1);
    JsonNode said = market.ok("queryModifyGoods", query);
    assertThat(said.get("goodsName").stringValue()).isEqualTo("装修借款");
    assertThat(said.get("goodsDetail").stringValue()).isEqualTo("期限：十二个月\n用途：装修 | 家具");
    JsonNode params = said.get("goodsParams");
    assertThat(params.get("amount").longValue()).isEqualTo(10_000);
    assertThat(params.get("annualYield").isNumber()).isTrue();
    assertThat(params.get("annualYield").doubleValue()).isEqualTo(0.085);
    assertThat(params.has("beginDate")).isFalse();

    JsonNode dated = market.ok("queryModifyGoods", with(query, "beginDate", "2027-01-01"));
    assertThat(dated.get("goodsParams").get("beginDate").stringValue()).isEqualTo("2027-01-01");
    assertThat(market.refused("queryModifyGoods", with(query, "endDate", "2026-12-31")))
        .isEqualTo("50003");
    assertThat(market.refused("queryModifyGoods", with(query, "bizGoodsNo", "none")))
        .isEqualTo("40024");
    assertThat(market.refused("queryModifyGoods", with(query, "bizUserId", "investor")))
        .isEqualTo("40022");
  }

  @Test
  void whoeverChangesOneDateLeavesTheOtherAlone() throws Exception {
    for (int i = 0; i < 10; i++) {
      market.ok("entryGoods", goods("loan" + i));
      Map<String, Object> query =
          fields("bizUserId", "borrower", "bizGoodsNo", "loan" + i, "goodsType", 1);
      List<Callable<EscrowAnswer>> calls =
          List.of(
              () -> market.call("queryModifyGoods", with(query, "beginDate", "2027-01-01")),
              () -> market.call("queryModifyGoods", with(query, "endDate", "2027-06-30")));
      assertThat(Rush.together(calls)).allMatch(EscrowAnswer::isOk);
      JsonNode params = market.ok("queryModifyGoods", query).get("goodsParams");
      assertThat(params.path("beginDate").asString()).isEqualTo("2027-01-01");
      assertThat(params.path("endDate").asString()).isEqualTo("2027-06-30");
    }
  }

  @Test
  void refusesGoodsThatCannotBe() {
    Map<String, Object> good = goods("loan");
    assertThat(market.refused("entryGoods", with(good, "goodsType", 3))).isEqualTo("40013");
    assertThat(market.refused("entryGoods", with(good, "bizUserId", "none"))).isEqualTo("30001");
    assertThat(market.refused("entryGoods", with(good, "goodsName", "a\nb"))).isEqualTo("10000");
    assertThat(market.refused("entryGoods", with(good, "goodsDetail", "\u202e")))
        .isEqualTo("10000");
    assertThat(paramRefused("amount", 0)).isEqualTo("10000");
    assertThat(paramRefused("annualYield", "1e3")).isEqualTo("10000");
    assertThat(paramRefused("repayType", 5)).isEqualTo("10000");
    assertThat(paramRefused("investmentHorizonScale", 3)).isEqualTo("10000");
    assertThat(paramRefused("minimumAmountInvestment", 10_001)).isEqualTo("10000");
    assertThat(paramRefused("guaranteeType", "")).isEqualTo("10001");
    market.ok("entryGoods", good);
    assertThat(market.refused("entryGoods", with(good, "goodsName", "x"))).isEqualTo("40013");
  }

  @Test
  void investmentsKeepTheBidsLimits() {
    market.ok("entryGoods", goods("loan"));
    assertThat(collectRefused(investment("loan", 10_001))).isEqualTo("40023");
    assertThat(collectRefused(investment("loan", 999))).isEqualTo("40029");
    assertThat(collectRefused(investment("loan", 9_001))).isEqualTo("40030");
    assertThat(collectRefused(investment("other", 1_000))).isEqualTo("40024");
    String first = market.paid("agentCollectApplySimplify", investment("loan", 6_000));
    assertThat(market.facts(first).getFirst().get("remainAmount").longValue()).isEqualTo(4_000);
    assertThat(collectRefused(investment("loan", 4_001))).isEqualTo("40023");
    String second = market.paid("agentCollectApplySimplify", investment("loan", 4_000));
    assertThat(market.facts(second).getFirst().get("remainAmount").longValue()).isZero();
  }

  @Test
  void anInvestmentThatNobodyConfirmsIsLetGo() {
    market.ok("entryGoods", goods("loan"));
    market.ok("agentCollectApplySimplify", investment("loan", 10_000));
    assertThat(collectRefused(investment("loan", 1_000))).isEqualTo("40023");
    market.advance(Duration.ofHours(25));
    market.paid("agentCollectApplySimplify", investment("loan", 10_000));
  }

  @Test
  void couponsPayForTheInvestorAndComeBackWhole() {
    market.ok("entryGoods", goods("loan"));
    Map<String, Object> ways =
        fields(
            "BALANCE",
            List.of(Map.of("accountSetNo", EscrowApplication.ACCOUNT_SET, "amount", 700)),
            "COUPON",
            Map.of("amount", 50),
            "COUPONLIST",
            List.of(
                Map.of("amount", 100),
                Map.of("amount", 50),
                Map.of("amount", 100, "accountSetNo", "100002")));
    String original =
        market.paid(
            "agentCollectApplySimplify", with(investment("loan", 1_000), "payMethod", ways));
    assertThat(market.balance(market.platform("2000000"))).isEqualTo(4_800);
    assertThat(market.balance(market.platform("100002"))).isEqualTo(4_900);
    assertThat(market.balance(investor)).isEqualTo(999_300);

    Map<String, Object> refund = market.refund(original, "investor", 1_000);
    assertThat(market.refused("refund", refund)).isEqualTo("40020");
    assertThat(market.refused("refund", with(refund, "couponAmount", 200))).isEqualTo("40020");
    market.ok("refund", with(refund, "couponAmount", 300));
    assertThat(market.balance(market.platform("2000000"))).isEqualTo(5_000);
    assertThat(market.balance(market.platform("100002"))).isEqualTo(5_000);
    assertThat(market.balance(investor)).isEqualTo(1_000_000);
    market.paid("agentCollectApplySimplify", investment("loan", 10_000));
  }

  @Test
  void couponsArePaidByTheirSetsOnly() {
    market.ok("entryGoods", goods("loan"));
    Map<String, Object> other = Map.of("COUPON", Map.of("amount", 1000, "accountSetNo", "100001"));
    assertThat(collectRefused(with(investment("loan", 1_000), "payMethod", other)))
        .isEqualTo("30018");
    Map<String, Object> dear = Map.of("COUPON", Map.of("amount", 6_000));
    Map<String, Object> investment = with(investment("loan", 6_000), "payMethod", dear);
    String orderNo =
        market.ok("agentCollectApplySimplify", investment).get("orderNo").stringValue();
    String number = String.valueOf(investment.get("bizOrderNo"));
    assertThat(market.refused("pay", market.confirmation("investor", number, orderNo)))
        .isEqualTo("40014");
    assertThat(
            market.refused(
                "consumeApply",
                with(
                    market.purchase("investor", "borrower", 10, 0),
                    "payMethod",
                    Map.of("COUPON", Map.of("amount", 10)))))
        .isEqualTo("40015");
  }

  @Test
  void aBidIsFilledPaidOutAndPaidBack() {
    market.ok("entryGoods", goods("loan"));
    market.paid("agentCollectApplySimplify", with(investment("loan", 10_000), "fee", 100));
    market.ok("signalAgentPaySimplify", paidOut("2001", "borrower", 9_900, 50));
    assertThat(market.balance(borrower)).isEqualTo(9_850);
    market.give(borrower.account(), 1_000);
    Map<String, Object> repayment =
        with(
            market.collection("borrower", 10_800, 0),
            "tradeCode",
            "1002",
            "goodsType",
            1,
            "goodsNo",
            "loan");
    market.paid("agentCollectApplySimplify", repayment);
    assertThat(market.refused("signalAgentPaySimplify", paidOut("2001", "investor", 10_800, 0)))
        .isEqualTo("40014");
    market.ok("signalAgentPaySimplify", paidOut("2002", "investor", 10_800, 0));
    assertThat(market.balance(investor)).isEqualTo(1_000_800);
  }

  @Test
  void aFailedBidGivesAllBackOrNothing() {
    Member second = market.member("second", 5_000);
    market.ok("entryGoods", goods("loan"));
    String one =
        market.paid("agentCollectApplySimplify", with(investment("loan", 4_000), "fee", 40));
    Map<String, Object> ways =
        fields(
            "BALANCE",
            List.of(Map.of("accountSetNo", EscrowApplication.ACCOUNT_SET, "amount", 2_800)),
            "COUPON",
            Map.of("amount", 200));
    String two =
        market.paid(
            "agentCollectApplySimplify",
            with(investment("loan", 3_000), "payerId", "second", "payMethod", ways));
    Map<String, Object> failed = failure(List.of(one, two));
    assertThat(market.refused("failureBidRefund", failure(List.of(one, "none"))))
        .isEqualTo("40000");
    assertThat(market.refused("failureBidRefund", failure(List.of(one, one)))).isEqualTo("40002");
    market.members.lock(second, market.merchants.now(market.merchant()));
    assertThat(market.refused("failureBidRefund", failure(List.of(one, two)))).isEqualTo("30002");
    market.members.unlock(
        market.members.require(market.merchant(), "second"),
        market.merchants.now(market.merchant()));

    JsonNode answer = market.ok("failureBidRefund", failed);
    assertThat(answer.get("orderNoList").size()).isEqualTo(2);
    assertThat(market.balance(investor)).isEqualTo(1_000_000);
    assertThat(market.balance(second)).isEqualTo(5_000);
    assertThat(market.balance(market.platform("2000000"))).isEqualTo(5_000);
    assertThat(market.balance(market.platform("100001"))).isZero();
    assertThat(market.orderStatus("investor", one)).isEqualTo(5);
    assertThat(market.refused("failureBidRefund", failure(List.of(two)))).isEqualTo("40019");
    assertThat(market.refused("failureBidRefund", with(failed, "goodsType", 2))).isEqualTo("10000");
  }

  @Test
  void aFailedBidThatWasPaidOutInPartGivesNothingBack() {
    market.ok("entryGoods", goods("loan"));
    String one = market.paid("agentCollectApplySimplify", investment("loan", 4_000));
    String two = market.paid("agentCollectApplySimplify", investment("loan", 3_000));
    market.ok("signalAgentPaySimplify", paidOut("2001", "borrower", 1, 0));
    assertThat(market.refused("failureBidRefund", failure(List.of(two, one)))).isEqualTo("40014");
    market.ok("failureBidRefund", failure(List.of(two)));
  }

  @Test
  void thePlatformGivesMembersMoney() {
    Map<String, Object> transfer = transfer("t1", "2000000", 300);
    JsonNode answer = market.ok("applicationTransfer", transfer);
    assertThat(answer.get("transferNo").stringValue()).matches("[0-9]{20,22}");
    market.ok("applicationTransfer", transfer("t2", "3000001", 1));
    market.ok("applicationTransfer", transfer("t3", "100002", 1));
    assertThat(market.balance(borrower)).isEqualTo(302);
    assertThat(transferRefused(with(transfer, "amount", 301))).isEqualTo("40017");
    assertThat(transferRefused(transfer("t4", "100001", 1))).isEqualTo("30018");
    assertThat(transferRefused(transfer("t4", "77", 1))).isEqualTo("30019");
    assertThat(transferRefused(transfer("t4", "2000000", 4_701))).isEqualTo("40014");
    assertThat(transferRefused(transfer("t4", "2000000", 0))).isEqualTo("40020");
    assertThat(transferRefused(with(transfer("t4", "2000000", 1), "targetBizUserId", "none")))
        .isEqualTo("30001");
  }

  @Test
  void manyInvestorsNeverExceedTheBid() throws Exception {
    Map<String, Object> goods = goods("loan");
    market.ok("entryGoods", goods);
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Map<String, Object> investment = investment("loan", 1_000);
      calls.add(() -> market.call("agentCollectApplySimplify", investment));
    }
    List<EscrowAnswer> answers = Rush.together(calls);
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(10);
    assertThat(answers.stream().filter(a -> !a.isOk()).map(EscrowAnswer::errorCode))
        .containsOnly("40023");
  }

  @Test
  void manyTransfersStayWithinTheAccount() throws Exception {
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Map<String, Object> transfer = transfer(Market.number("many"), "2000000", 400);
      calls.add(() -> market.call("applicationTransfer", transfer));
    }
    List<EscrowAnswer> answers = Rush.together(calls);
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(12);
    assertThat(market.balance(borrower)).isEqualTo(4_800);
  }

  private static Map<String, Object> goods(String number) {
    return fields(
        "bizUserId",
        "borrower",
        "goodsType",
        1,
        "bizGoodsNo",
        number,
        "goodsName",
        "装修借款",
        "goodsDetail",
        "期限：十二个月\n用途：装修 | 家具",
        "goodsParams",
        params());
  }

  private static Map<String, Object> params() {
    return fields(
        "amount", 10_000,
        "totalAmount", 10_800,
        "highestAmount", 10_000,
        "annualYield", 0.085,
        "investmentHorizon", 12,
        "investmentHorizonScale", 2,
        "repayType", 1,
        "guaranteeType", 5,
        "minimumAmountInvestment", 1_000);
  }

  private String paramRefused(String name, Object value) {
    return market.refused(
        "entryGoods", with(goods("loan"), "goodsParams", with(params(), name, value)));
  }

  private Map<String, Object> investment(String goods, long amount) {
    return with(
        market.collection("investor", amount, 0),
        "tradeCode",
        "1001",
        "goodsType",
        1,
        "goodsNo",
        goods);
  }

  private Map<String, Object> paidOut(String tradeCode, String payee, long amount, long fee) {
    return with(
        market.disbursement(payee, amount, fee),
        "tradeCode",
        tradeCode,
        "goodsType",
        1,
        "goodsNo",
        "loan");
  }

  private static Map<String, Object> failure(List<String> originals) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (String original : originals) {
      list.add(fields("bizOrderNo", Market.number("failed"), "oriBizOrderNo", original));
    }
    return fields(
        "bizBatchNo",
        Market.number("batch"),
        "goodsType",
        1,
        "goodsNo",
        "loan",
        "batchRefundList",
        list);
  }

  private static Map<String, Object> transfer(String number, String source, long amount) {
    return fields(
        "bizTransferNo",
        number,
        "sourceAccountSetNo",
        source,
        "targetBizUserId",
        "borrower",
        "targetAccountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "amount",
        amount,
        "remark",
        "红包");
  }

  private String collectRefused(Map<String, Object> param) {
    return market.refused("agentCollectApplySimplify", param);
  }

  private String transferRefused(Map<String, Object> param) {
    return market.refused("applicationTransfer", param);
  }
}

package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.channel.simulated.Deal;
import io.tongbao.server.channel.simulated.SimulatedBank;
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

/**
 * THREATS T-X9 for the money operations beside those of {@link TradeContentionTest} and {@link
 * ContentionTest}: coupons, deposits, batches, transfers, bids that fail, and pairs of different
 * operations that want the same money.
 */
@TestServer
class MoneyContentionTest {
  private static final int CALLERS = 64;
  private static final int ENOUGH_FOR = 13;
  private static final int ROUNDS = 8;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member payer;
  private Member shop;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer", 1_000_000);
    shop = market.member("shop");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void collectionsSpendABalanceOnce() throws Exception {
    Member poor = market.member("poor", ENOUGH_FOR * 10);
    List<Map<String, Object>> confirmations = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      confirmations.add(opened(market.collection("poor", 10, 1), "poor"));
    }
    assertOutcome(confirm(confirmations), ENOUGH_FOR, "40014");
    assertThat(market.balance(poor)).isZero();
    assertThat(market.balance(market.platform("100004"))).isEqualTo(ENOUGH_FOR * 9);
  }

  @Test
  void couponsSpendTheMarketingSetOnce() throws Exception {
    market.give(market.platform("2000000"), ENOUGH_FOR * 4);
    Map<String, Object> ways = fields("BALANCE", List.of(of(6)), "COUPON", Map.of("amount", 4));
    List<Map<String, Object>> confirmations = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      confirmations.add(
          opened(with(market.collection("payer", 10, 0), "payMethod", ways), "payer"));
    }
    assertOutcome(confirm(confirmations), ENOUGH_FOR, "40014");
    assertThat(market.balance(market.platform("2000000"))).isZero();
    assertThat(market.balance(payer)).isEqualTo(1_000_000 - ENOUGH_FOR * 6);
  }

  @Test
  void aDepositIsCreditedOnceHoweverOftenItIsConfirmed() throws Exception {
    String card = market.card(payer);
    for (int round = 0; round < ROUNDS; round++) {
      String number = number("deposit");
      market.ok("depositApply", deposit(number, card, 1_000));
      List<Map<String, Object>> same = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        same.add(
            fields(
                "bizUserId",
                "payer",
                "bizOrderNo",
                number,
                "verificationCode",
                "9999",
                "consumerIp",
                "10.0.0." + i));
      }
      assertThat(confirm(same)).anyMatch(EscrowAnswer::isOk);
      market.runDue();
      assertThat(market.orderStatus("payer", number)).isEqualTo(4);
    }
    assertThat(market.balance(payer)).isEqualTo(1_000_000 + ROUNDS * 1_000);
  }

  @Test
  void refundsOfACollectionStayWithinIt() throws Exception {
    String original = market.paidCollection("payer", ENOUGH_FOR * 10, 0);
    List<EscrowAnswer> answers = same("refund", i -> market.refund(original, "payer", 10));
    assertOutcome(answers, ENOUGH_FOR, "40020", "40014");
    assertThat(market.remaining(original)).isZero();
    assertThat(market.balance(payer)).isEqualTo(1_000_000);
  }

  @Test
  void transfersStayWithinTheirSet() throws Exception {
    market.give(market.platform("100002"), ENOUGH_FOR * 10 + 9);
    List<EscrowAnswer> answers =
        same(
            "applicationTransfer",
            i ->
                fields(
                    "bizTransferNo",
                    number("transfer"),
                    "sourceAccountSetNo",
                    "100002",
                    "targetBizUserId",
                    "shop",
                    "targetAccountSetNo",
                    EscrowApplication.ACCOUNT_SET,
                    "amount",
                    10));
    assertOutcome(answers, ENOUGH_FOR, "40014");
    assertThat(market.balance(shop)).isEqualTo(ENOUGH_FOR * 10);
    assertThat(market.balance(market.platform("100002"))).isEqualTo(9);
  }

  @Test
  void batchesStayWithinWhatWasCollected() throws Exception {
    market.paidCollection("payer", ENOUGH_FOR * 10, 0);
    List<EscrowAnswer> accepted = same("batchAgentPaySimplify", i -> batchOfOne());
    assertThat(accepted).allMatch(EscrowAnswer::isOk);
    market.runDue();
    assertThat(market.balance(shop)).isEqualTo(ENOUGH_FOR * 9);
    assertThat(market.balance(market.platform("100004"))).isZero();
    assertThat(ordersIn("BATCH_DISBURSEMENT", "SUCCEEDED")).isEqualTo(ENOUGH_FOR);
    assertThat(ordersIn("BATCH_DISBURSEMENT", "FAILED")).isEqualTo(CALLERS - ENOUGH_FOR);
  }

  @Test
  void eachInvestmentOfAFailedBidGoesBackOnce() throws Exception {
    enterBid();
    List<String> investments = new ArrayList<>();
    for (int i = 0; i < ENOUGH_FOR; i++) {
      investments.add(market.paid("agentCollectApplySimplify", investment()));
    }
    assertThat(market.balance(payer)).isEqualTo(1_000_000 - ENOUGH_FOR * 10);
    List<EscrowAnswer> answers =
        same("failureBidRefund", i -> failure(investments.get(i % ENOUGH_FOR)));
    assertOutcome(answers, ENOUGH_FOR, "40019", "40020", "40014");
    assertThat(market.balance(payer)).isEqualTo(1_000_000);
    assertThat(market.balance(market.platform("100004"))).isZero();
  }

  @Test
  void releasesAndWithdrawalsShareABalance() throws Exception {
    Member member = market.member("member");
    String card = market.card(member);
    int half = CALLERS / 2;
    market.give(member.account(), (ENOUGH_FOR + half) * 100L);
    market.ok("freezeMoney", freeze("all", half * 100L));
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < half; i++) {
      // Amounts differ, because equal messages of one second are one message.
      long amount = i % 2 == 0 ? 101 + i : 100 - i;
      calls.add(() -> market.call("unfreezeMoney", freeze("all", amount)));
      Map<String, Object> opened = with(withdrawal(card), "bizOrderNo", number("out"));
      JsonNode order = market.ok("withdrawApply", opened);
      Map<String, Object> confirmation = confirmation(order, "member");
      calls.add(() -> market.call("pay", confirmation));
    }
    List<EscrowAnswer> answers = Rush.together(calls);
    long released = 0;
    long paidOut = 0;
    for (int i = 0; i < calls.size(); i++) {
      boolean ok = answers.get(i).isOk();
      released += i % 2 == 0 && ok ? 1 : 0;
      paidOut += i % 2 == 1 && ok ? 1 : 0;
    }
    assertThat(released).isEqualTo(half);
    assertThat(paidOut).isBetween((long) ENOUGH_FOR, (long) half);
    market.runDue();
    assertThat(market.frozen(member)).isZero();
    assertThat(market.balance(member)).isEqualTo((ENOUGH_FOR + half - paidOut) * 100);
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(paidOut * 100);
  }

  /**
   * The bank reports, we ask, and the order's time runs out: whoever is first, money moves once.
   */
  @Test
  void theBanksCallOurQueryAndTheExpiryExcludeEachOther() throws Exception {
    SimulatedBank bank = context.getBean(SimulatedBank.class);
    long credited = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String number = number("gateway");
      market.ok("depositApply", gateway(number));
      Deal deal = market.atBank("payer", number);
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() ->
            bank.choose(
                market.merchant(),
                deal,
                SimulatedBank.Choice.PAY,
                market.merchants.now(market.merchant())));
      }
      calls.add(this::query);
      calls.add(this::query);
      calls.add(() -> {
        market.advance(Duration.ofHours(24));
        return 0;
      });
      Rush.together(calls);
      market.runDue();
      int status = market.orderStatus("payer", number);
      assertThat(status).isIn(4, 6);
      credited += status == 4 ? 1_000 : 0;
      assertThat(market.balance(payer)).isEqualTo(1_000_000 + credited);
    }
  }

  /** What is due: asking the bank, and closing what expired. */
  private Object query() {
    market.runDue();
    return 0;
  }

  /** The calls that would confirm an order that is now open. */
  private Map<String, Object> opened(Map<String, Object> collection, String member) {
    return confirmation(market.ok("agentCollectApplySimplify", collection), member);
  }

  private Map<String, Object> confirmation(JsonNode order, String member) {
    return market.confirmation(
        member, order.get("bizOrderNo").stringValue(), order.get("orderNo").stringValue());
  }

  private List<EscrowAnswer> confirm(List<Map<String, Object>> params) throws Exception {
    return same("pay", params::get);
  }

  private interface Call {
    Map<String, Object> of(int caller);
  }

  private List<EscrowAnswer> same(String method, Call call) throws Exception {
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Map<String, Object> param = call.of(i);
      calls.add(() -> market.call(method, param));
    }
    return Rush.together(calls);
  }

  private static void assertOutcome(
      List<EscrowAnswer> answers, int succeeded, String... otherwise) {
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(succeeded);
    assertThat(answers.stream().filter(a -> !a.isOk()).map(EscrowAnswer::errorCode))
        .isSubsetOf(otherwise);
  }

  private long ordersIn(String kind, String state) {
    return market
        .jdbc
        .sql("SELECT count(*) FROM orders WHERE merchant_id = ? AND kind = ? AND state = ?")
        .params(market.merchant().id(), kind, state)
        .query(Long.class)
        .single();
  }

  private static Map<String, Object> of(long fen) {
    return Map.of("accountSetNo", EscrowApplication.ACCOUNT_SET, "amount", fen);
  }

  private Map<String, Object> batchOfOne() {
    Map<String, Object> item = market.disbursement("shop", 10, 1);
    item.remove("tradeCode");
    return fields(
        "bizBatchNo", number("batch"), "batchPayList", List.of(item), "tradeCode", "4001");
  }

  private void enterBid() {
    Map<String, Object> terms =
        fields(
            "amount", 100_000,
            "totalAmount", 110_000,
            "annualYield", 0.1,
            "investmentHorizon", 12,
            "investmentHorizonScale", 2,
            "repayType", 1,
            "guaranteeType", 1);
    market.ok(
        "entryGoods",
        fields(
            "bizUserId", "shop",
            "goodsType", 1,
            "bizGoodsNo", "bid",
            "goodsName", "标的",
            "goodsParams", terms));
  }

  private Map<String, Object> investment() {
    return with(
        market.collection("payer", 10, 0), "tradeCode", "1001", "goodsType", 1, "goodsNo", "bid");
  }

  private static Map<String, Object> failure(String investment) {
    return fields(
        "bizBatchNo",
        number("failed"),
        "goodsType",
        1,
        "goodsNo",
        "bid",
        "batchRefundList",
        List.of(fields("bizOrderNo", number("back"), "oriBizOrderNo", investment)));
  }

  private static Map<String, Object> freeze(String number, long amount) {
    return with(common(amount), "bizFreezenNo", number, "bizUserId", "member");
  }

  private static Map<String, Object> withdrawal(String card) {
    return with(common(100), "bizUserId", "member", "bankCardNo", card);
  }

  private static Map<String, Object> deposit(String number, String card, long amount) {
    return with(
        common(amount),
        "bizOrderNo",
        number,
        "payMethod",
        Map.of("REALNAMEPAY", Map.of("bankCardNo", card, "amount", amount)));
  }

  private static Map<String, Object> gateway(String number) {
    return with(
        common(1_000),
        "bizOrderNo",
        number,
        "frontUrl",
        "http://localhost:9/front",
        "payMethod",
        Map.of("GATEWAY", Map.of("bankCode", "vbank", "payType", 1, "amount", 1_000)));
  }

  private static Map<String, Object> common(long amount) {
    return fields(
        "bizUserId",
        "payer",
        "accountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "amount",
        amount,
        "fee",
        0,
        "backUrl",
        Market.BACK_URL,
        "industryCode",
        "1910",
        "industryName",
        "其他",
        "source",
        1);
  }
}

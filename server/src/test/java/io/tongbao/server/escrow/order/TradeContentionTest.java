package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Many want the same money at the same time: exactly as many get it as there is for. T-X9. */
@TestServer
class TradeContentionTest {
  private static final int CALLERS = 64;
  private static final int ENOUGH_FOR = 13;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member payer;
  private Member shop;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    payer = market.member("payer", 100_000);
    shop = market.member("shop");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void confirmationsSpendABalanceOnce() throws Exception {
    Member poor = market.member("poor", ENOUGH_FOR * 10);
    List<Map<String, Object>> confirmations = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      var opened = market.ok("consumeApply", market.purchase("poor", "shop", 10, 1));
      confirmations.add(
          market.confirmation(
              "poor", opened.get("bizOrderNo").stringValue(), opened.get("orderNo").stringValue()));
    }
    List<EscrowAnswer> answers = Rush.together(calls("pay", confirmations));
    assertOutcome(answers, ENOUGH_FOR, "40014");
    assertThat(market.balance(poor)).isZero();
    assertThat(market.balance(shop)).isEqualTo(ENOUGH_FOR * 9);
  }

  @Test
  void oneOrderIsConfirmedOnce() throws Exception {
    var opened = market.ok("consumeApply", market.purchase("payer", "shop", 10, 0));
    Map<String, Object> confirmation =
        market.confirmation(
            "payer", opened.get("bizOrderNo").stringValue(), opened.get("orderNo").stringValue());
    AtomicInteger number = new AtomicInteger();
    List<EscrowAnswer> answers =
        Rush.together(
            CALLERS,
            () ->
                market.call(
                    "pay", with(confirmation, "consumerIp", "10.0.0." + number.incrementAndGet())));
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(1);
    // A code is tried five times at most, whoever comes.
    assertThat(answers.stream().filter(answer -> !answer.isOk()).map(EscrowAnswer::errorCode))
        .isSubsetOf("40004", "50001");
    assertThat(market.balance(shop)).isEqualTo(10);
  }

  @Test
  void disbursementsStayWithinWhatWasCollected() throws Exception {
    for (int i = 0; i < ENOUGH_FOR; i++) {
      market.paidCollection("payer", 10, 0);
    }
    List<EscrowAnswer> answers =
        sameTime("signalAgentPaySimplify", () -> market.disbursement("shop", 10, 1));
    assertOutcome(answers, ENOUGH_FOR, "40014");
    assertThat(market.balance(shop)).isEqualTo(ENOUGH_FOR * 9);
    assertThat(market.balance(market.platform("100004"))).isZero();
  }

  @Test
  void disbursementsThatSpanCollectionsToo() throws Exception {
    for (int i = 0; i < ENOUGH_FOR; i++) {
      market.paidCollection("payer", 7, 0);
    }
    List<EscrowAnswer> answers =
        sameTime("signalAgentPaySimplify", () -> market.disbursement("shop", 10, 0));
    assertOutcome(answers, ENOUGH_FOR * 7 / 10, "40014");
  }

  @Test
  void payoutsToABankAccountStayWithinWhatWasCollected() throws Exception {
    String card = market.card(shop);
    market.paidCollection("payer", ENOUGH_FOR * 10, 0);
    Map<String, Object> info = fields("bankCardNo", card, "amount", 10, "backUrl", Market.BACK_URL);
    List<EscrowAnswer> answers =
        sameTime(
            "signalAgentPaySimplify",
            () -> with(market.disbursement("shop", 10, 0), "payToBankCardInfo", info));
    assertOutcome(answers, ENOUGH_FOR, "40014");
    market.runDue();
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(ENOUGH_FOR * 10);
  }

  @Test
  void refundsStayWithinTheOriginal() throws Exception {
    String original = market.paidPurchase("payer", "shop", ENOUGH_FOR * 10, 0);
    market.give(shop.account(), 100_000);
    List<EscrowAnswer> answers = sameTime("refund", () -> market.refund(original, "payer", 10));
    assertOutcome(answers, ENOUGH_FOR, "40020");
    assertThat(market.balance(payer)).isEqualTo(100_000);
    assertThat(market.balance(shop)).isEqualTo(100_000);
  }

  @Test
  void refundsAndDisbursementsShareOneCollection() throws Exception {
    String original = market.paidCollection("payer", ENOUGH_FOR * 10, 0);
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS / 2; i++) {
      calls.add(() -> market.call("refund", market.refund(original, "payer", 10)));
      calls.add(() -> market.call("signalAgentPaySimplify", market.disbursement("shop", 10, 0)));
    }
    List<EscrowAnswer> answers = Rush.together(calls);
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(ENOUGH_FOR);
    assertThat(market.remaining(original)).isZero();
    assertThat(market.balance(payer) + market.balance(shop)).isEqualTo(100_000);
  }

  @Test
  void freezesStayWithinTheBalanceAndReleasesWithinTheFreeze() throws Exception {
    Member poor = market.member("poor", ENOUGH_FOR * 10);
    List<EscrowAnswer> frozen = sameTime("freezeMoney", () -> freeze(Market.number("f"), 10));
    assertOutcome(frozen, ENOUGH_FOR, "40014");
    assertThat(market.frozen(poor)).isEqualTo(ENOUGH_FOR * 10);

    market.give(poor.account(), ENOUGH_FOR * 1000);
    market.ok("freezeMoney", freeze("whole", ENOUGH_FOR * 1000));
    AtomicInteger odd = new AtomicInteger();
    // Different amounts make different messages; each takes more than 1/(k+1) of the freeze.
    List<EscrowAnswer> released =
        sameTime("unfreezeMoney", () -> freeze("whole", 999 - odd.incrementAndGet()));
    assertOutcome(released, ENOUGH_FOR, "40020");
  }

  private static Map<String, Object> freeze(String number, long amount) {
    return fields(
        "bizUserId",
        "poor",
        "bizFreezenNo",
        number,
        "accountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "amount",
        amount);
  }

  private List<EscrowAnswer> sameTime(String method, Supplier<Map<String, Object>> param)
      throws Exception {
    List<Map<String, Object>> params = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      params.add(param.get());
    }
    return Rush.together(calls(method, params));
  }

  private List<Callable<EscrowAnswer>> calls(String method, List<Map<String, Object>> params) {
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (Map<String, Object> param : params) {
      calls.add(() -> market.call(method, param));
    }
    return calls;
  }

  private static void assertOutcome(List<EscrowAnswer> answers, int succeeded, String otherwise) {
    assertThat(answers.stream().filter(EscrowAnswer::isOk).count()).isEqualTo(succeeded);
    assertThat(answers.stream().filter(answer -> !answer.isOk()).map(EscrowAnswer::errorCode))
        .containsOnly(otherwise);
  }
}

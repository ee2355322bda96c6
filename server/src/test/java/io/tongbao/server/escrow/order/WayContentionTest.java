package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.Discrepancies;
import io.tongbao.server.member.Member;
import io.tongbao.server.order.Way;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Many at the same time, by every way: callbacks, terminals, codes, quickpay. T-X9, T-X10. */
@TestServer
class WayContentionTest {
  private static final int CALLERS = 64;
  private static final int CALLBACKS = 100;
  private static final int ENOUGH_FOR = 13;
  private static final int ROUNDS = 5;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Discrepancies discrepancies;
  private Purse purse;
  private Market market;
  private Member shop;

  @BeforeEach
  void open() {
    purse = new Purse(context, port, 0);
    market = purse.market;
    shop = market.member("shop");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theSameCallbackAHundredTimesPostsOnce() throws Exception {
    long expected = 0;
    for (Way way : List.of(Way.GATEWAY, Way.SCAN_WEIXIN, Way.POSPAY, Way.WITHHOLD_TLT)) {
      ChannelRequest request = asked(way, 668_802);
      List<Applied> applied = Rush.together(CALLBACKS, () -> purse.report(request, 668_802));
      assertThat(applied).as("%s", way).filteredOn(Applied.Done.class::isInstance).hasSize(1);
      expected += 668_802;
      assertThat(market.balance(purse.payer)).isEqualTo(expected);
    }
    assertThat(discrepancies.open(market.merchant().id())).isEmpty();
  }

  @Test
  void aCallbackThatIsAFenOffPostsNothingAndIsToldToPeople() throws Exception {
    int told = 0;
    for (Way way : List.of(Way.GATEWAY, Way.SCAN_ALIPAY, Way.POSPAY, Way.WITHHOLD_TLT)) {
      ChannelRequest request = asked(way, 668_802);
      for (long fen : List.of(668_801L, 668_803L)) {
        List<Applied> applied = Rush.together(CALLBACKS / 2, () -> purse.report(request, fen));
        assertThat(applied).as("%s", way).allMatch(Applied.Contradicted.class::isInstance);
      }
      told++;
      assertThat(discrepancies.open(market.merchant().id())).hasSize(told);
    }
    assertThat(market.balance(purse.payer)).isZero();
  }

  /** An order of that way, whose channel was asked and has not decided. */
  private ChannelRequest asked(Way way, long fen) {
    JsonNode opened = market.ok("depositApply", purse.deposit(way, fen));
    String number = opened.get("bizOrderNo").stringValue();
    if (way == Way.GATEWAY) {
      market.atBank(Purse.NAME, number);
    }
    if (way == Way.WITHHOLD_TLT) {
      market.ok("pay", purse.confirmation(opened));
    }
    return purse.request(number);
  }

  @Test
  void aWalletThatPaysWhileTheOrderExpiresDoesOneOrTheOther() throws Exception {
    long paid = 0;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode opened = market.ok("depositApply", purse.deposit(Way.SCAN_WEIXIN, 100));
      String number = opened.get("bizOrderNo").stringValue();
      ChannelRequest request = purse.request(number);
      Callable<String> pay = () -> purse.report(request, 100).getClass().getSimpleName();
      Callable<String> expire =
          () -> {
            market.advance(Duration.ofHours(24));
            return "expired";
          };
      List<String> results = Rush.together(List.of(pay, expire));
      boolean done = results.getFirst().equals("Done");
      assertThat(purse.status(number)).isEqualTo(done ? 4 : 6);
      paid += done ? 100 : 0;
      assertThat(market.balance(purse.payer)).isEqualTo(paid);
    }
  }

  @Test
  void quickpayBesideTheBalanceSpendsTheBalanceOnce() throws Exception {
    // Codes only: passwords are slow on purpose, and checked four at a time.
    market.set(Map.of("quickpay.passwordFrom", "1000000"));
    List<Map<String, Object>> confirmations = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Map<String, Object> ways = purse.by(Way.QUICKPAY_N, 7);
      ways.putAll(purse.by(Way.BALANCE, 10));
      Map<String, Object> param =
          with(market.purchase(Purse.NAME, "shop", 17, 0), "payMethod", ways, "validateType", 1);
      confirmations.add(purse.confirmation(market.ok("consumeApply", param)));
    }
    market.give(purse.payer.account(), ENOUGH_FOR * 10 + 9);
    List<EscrowAnswer> answers = Rush.together(calls("pay", confirmations));
    assertThat(answers).filteredOn(EscrowAnswer::isOk).hasSize(ENOUGH_FOR);
    assertThat(answers)
        .filteredOn(answer -> !answer.isOk())
        .extracting(EscrowAnswer::errorCode)
        .containsOnly("40014");
    assertThat(market.balance(purse.payer)).isEqualTo(9);
    assertThat(market.balance(shop)).isEqualTo(ENOUGH_FOR * 17);
  }

  @Test
  void aShownCodePaysOneOrderHoweverManySayItsNumber() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String number = Market.number("shown");
      List<Map<String, Object>> same = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        same.add(with(purse.deposit(Way.CODEPAY_W, 10), "bizOrderNo", number, "summary", "" + i));
      }
      List<EscrowAnswer> answers = Rush.together(calls("depositApply", same));
      assertThat(answers).filteredOn(EscrowAnswer::isOk).hasSize(1);
      assertThat(market.balance(purse.payer)).isEqualTo(10L * (round + 1));
    }
  }

  @Test
  void terminalsCodesAreAllDifferentAndEachPaysOnce() throws Exception {
    List<Map<String, Object>> params = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      params.add(purse.deposit(Way.POSPAY, 10));
    }
    List<Callable<String>> opening = new ArrayList<>();
    for (Map<String, Object> param : params) {
      opening.add(() -> market.ok("depositApply", param).get("payCode").stringValue());
    }
    Set<String> codes = new HashSet<>(Rush.together(opening));
    assertThat(codes).hasSize(CALLERS);
    String page = purse.terminal(codes.iterator().next());
    Rush.together(
        CALLERS / 2,
        () -> {
          purse.choose(page, "pay");
          return page;
        });
    assertThat(market.balance(purse.payer)).isEqualTo(10);
  }

  private List<Callable<EscrowAnswer>> calls(String method, List<Map<String, Object>> params) {
    List<Callable<EscrowAnswer>> calls = new ArrayList<>();
    for (Map<String, Object> param : params) {
      calls.add(() -> market.call(method, param));
    }
    return calls;
  }
}

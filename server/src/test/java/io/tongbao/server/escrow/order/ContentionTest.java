package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
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
import tools.jackson.databind.json.JsonMapper;

/** Many at the same time want the same money, the same number, the same order: THREATS T-X9. */
@TestServer
class ContentionTest {
  private static final int THREADS = 64;
  private static final int ROUNDS = 20;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member member;
  private String card;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    member = market.member("member");
    card = market.card(member);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void ofManyWithdrawalsOnlyThoseThatThereIsMoneyForSucceed() throws Exception {
    int funded = 7;
    List<Callable<String>> confirmations = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      confirmations.add(paying(opened("withdrawApply", withdrawal(number("race"), 1_000))));
    }
    market.give(member.account(), funded * 1_000L + 999);
    List<String> results = Rush.together(confirmations);
    assertThat(results.stream().filter("success"::equals)).hasSize(funded);
    assertThat(results.stream().filter("40014"::equals)).hasSize(THREADS - funded);
    assertThat(market.balance(member)).isEqualTo(999);
    assertThat(market.frozen(member)).isZero();
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(funded * 1_000L);
  }

  @Test
  void anOrderIsPaidOnceHoweverManyConfirmIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      confirmTogether();
    }
  }

  private void confirmTogether() throws Exception {
    market.give(member.account(), 1_000);
    Member shop = market.member(number("shop"));
    JsonNode order = opened("consumeApply", market.purchase("member", shop.bizUserId(), 1_000, 10));
    List<Callable<String>> same = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      same.add(paying(order));
    }
    List<String> results = Rush.together(same);
    assertThat(results.stream().filter("success"::equals)).hasSize(1);
    assertThat(results).allMatch(word -> List.of("success", "40004", "50001").contains(word));
    assertThat(market.balance(shop)).isEqualTo(990);
    assertThat(market.balance(member)).isZero();
  }

  @Test
  void aNumberOpensOneOrderHoweverManyUseIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      openTogether();
    }
  }

  private void openTogether() throws Exception {
    String number = number("same");
    List<Callable<String>> same = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Map<String, Object> param = with(deposit(number, 1_000), "extendInfo", "try " + i);
      same.add(() -> word(market.call("depositApply", param)));
    }
    List<String> results = Rush.together(same);
    assertThat(results.stream().filter("OK"::equals)).hasSize(1);
    assertThat(results.stream().filter("40017"::equals)).hasSize(THREADS - 1);
    assertThat(count("SELECT count(*) FROM orders WHERE merchant_id = ? AND number = ?", number))
        .isEqualTo(1);
  }

  @Test
  void aMessageThatComesOftenIsAnsweredAlways() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      repeatTogether();
    }
  }

  private void repeatTogether() throws Exception {
    String number = number("replay");
    EscrowRequest message =
        market.application.sign(
            "OrderService.depositApply",
            JsonMapper.shared().writeValueAsString(deposit(number, 1_000)),
            market.application.now());
    List<EscrowAnswer> answers =
        Rush.together(
            THREADS, () -> market.application.answer(market.application.post(message.form())));
    List<String> told =
        answers.stream().filter(EscrowAnswer::isOk).map(EscrowAnswer::signedValue).toList();
    assertThat(told).isNotEmpty();
    assertThat(told.stream().distinct()).hasSize(1);
    assertThat(answers).allMatch(a -> a.isOk() || "9000".equals(a.errorCode()));
    assertThat(count("SELECT count(*) FROM orders WHERE merchant_id = ? AND number = ?", number))
        .isEqualTo(1);
  }

  @Test
  void aConfirmationAndTheExpiryExcludeEachOther() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      confirmWhileItExpires();
    }
  }

  private void confirmWhileItExpires() throws Exception {
    market.give(member.account(), 1_000);
    Member shop = market.member(number("shop"));
    JsonNode order = opened("consumeApply", market.purchase("member", shop.bizUserId(), 1_000, 0));
    String number = order.get("bizOrderNo").stringValue();
    Callable<String> confirm = paying(order);
    Callable<String> expire =
        () -> {
          market.advance(Duration.ofHours(24));
          return "expired";
        };
    List<String> results = Rush.together(List.of(confirm, expire));
    int status = market.orderStatus("member", number);
    if (results.getFirst().equals("success")) {
      assertThat(status).isEqualTo(4);
      assertThat(market.balance(shop)).isEqualTo(1_000);
    } else {
      assertThat(results.getFirst()).isIn("40001", "40003", "40004", "50001", "10000");
      assertThat(status).isEqualTo(6);
      assertThat(market.balance(shop)).isZero();
    }
  }

  private JsonNode opened(String method, Map<String, Object> param) {
    return market.ok(method, param);
  }

  /** Confirms with the right code; no two confirmations are the same message. */
  private Callable<String> paying(JsonNode order) {
    Map<String, Object> param =
        with(
            market.confirmation(
                "member",
                order.get("bizOrderNo").stringValue(),
                order.get("orderNo").stringValue()),
            "consumerIp",
            number("10.0.0.1"));
    return () -> {
      EscrowAnswer answer = market.call("pay", param);
      return answer.isOk()
          ? JsonMapper.shared().readTree(answer.signedValue()).get("payStatus").stringValue()
          : word(answer);
    };
  }

  private static String word(EscrowAnswer answer) {
    return answer.isOk() ? "OK" : String.valueOf(answer.errorCode());
  }

  private long count(String sql, String number) {
    return market.jdbc.sql(sql).params(market.merchant().id(), number).query(Long.class).single();
  }

  private Map<String, Object> deposit(String number, long amount) {
    return with(
        common(number, amount),
        "payMethod",
        Map.of("REALNAMEPAY", Map.of("bankCardNo", card, "amount", amount)));
  }

  private Map<String, Object> withdrawal(String number, long amount) {
    return with(common(number, amount), "bankCardNo", card);
  }

  private static Map<String, Object> common(String number, long amount) {
    return fields(
        "bizOrderNo",
        number,
        "bizUserId",
        "member",
        "accountSetNo",
        "200001",
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

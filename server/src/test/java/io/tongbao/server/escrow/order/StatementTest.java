package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import java.time.Duration;
import java.util.ArrayList;
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

/** What members and merchants can look up: §4.2.20 to §4.2.22. */
@TestServer
class StatementTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member member;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    member = market.member("member", 10_000);
    market.member("shop");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theBalanceIsAllOfItAndWhatIsFrozenOfIt() {
    market.ok(
        "freezeMoney",
        fields(
            "bizUserId", "member",
            "bizFreezenNo", "f1",
            "accountSetNo", "200001",
            "amount", 3_000));
    JsonNode balance = market.ok("queryBalance", balance("member", "200001"));
    assertThat(balance.get("allAmount").longValue()).isEqualTo(10_000);
    assertThat(balance.get("freezenAmount").longValue()).isEqualTo(3_000);
    assertThat(market.refused("queryBalance", balance("nobody", "200001"))).isEqualTo("30001");
    assertThat(market.refused("queryBalance", balance("member", "100001"))).isEqualTo("30018");
    assertThat(market.refused("queryBalance", balance("member", "9"))).isEqualTo("30019");
  }

  @Test
  void theStatementIsNewestFirstAndCountsFromOne() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      numbers.add(market.paidPurchase("member", "shop", 100 + i, 0));
    }
    JsonNode first = market.ok("queryInExpDetail", page(1, 10));
    assertThat(first.get("totalNum").longValue()).isEqualTo(13);
    assertThat(first.get("inExpDetail").size()).isEqualTo(10);
    JsonNode newest = first.get("inExpDetail").get(0);
    assertThat(newest.get("chgAmount").longValue()).isEqualTo(-111);
    assertThat(newest.get("bizOrderNo").stringValue()).isEqualTo(numbers.getLast());
    assertThat(newest.get("oriAmount").longValue() + newest.get("chgAmount").longValue())
        .isEqualTo(newest.get("curAmount").longValue());
    assertThat(newest.get("curFreezenAmount").longValue()).isZero();
    assertThat(newest.get("accountSetName").stringValue()).isNotBlank();
    assertThat(newest.get("changeTime").stringValue()).matches("[0-9-]{10} [0-9:]{8}");
    JsonNode second = market.ok("queryInExpDetail", page(11, 10));
    assertThat(second.get("inExpDetail").size()).isEqualTo(3);
    assertThat(second.get("inExpDetail").get(0).get("chgAmount").longValue()).isEqualTo(-101);
    assertThat(second.get("inExpDetail").get(2).get("curAmount").longValue()).isEqualTo(10_000);
    assertThat(market.ok("queryInExpDetail", page(14, 10)).get("inExpDetail").size()).isZero();
  }

  @Test
  void daysAreWholeDaysInBeijing() {
    market.advance(Duration.ofHours(24));
    market.give(member.account(), 5);
    String today = BeijingTime.day(BeijingTime.dayOf(market.merchants.now(market.merchant())));
    JsonNode answer =
        market.ok("queryInExpDetail", with(page(1, 10), "dateStart", today, "dateEnd", today));
    assertThat(answer.get("totalNum").longValue()).isEqualTo(1);
    assertThat(answer.get("inExpDetail").get(0).get("chgAmount").longValue()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "dateStart, 2100-01-01, 50003",
    "dateStart, 2026-02-30, 10000",
    "dateStart, 20260101, 10000",
    "dateEnd, '', 10001",
    "startPosition, 0, 10000",
    "startPosition, -1, 10000",
    "queryNum, 0, 10000",
    "queryNum, 1001, 10000",
    "accountSetNo, 100005, 30018",
    "bizUserId, nobody, 30001",
  })
  void whatDoesNotFitIsRefusedByItsCode(String field, String value, String code) {
    assertThat(market.refused("queryInExpDetail", with(page(1, 10), field, value))).isEqualTo(code);
  }

  @Test
  void anOrderIsShownToItsMemberOnly() {
    String number = market.paidPurchase("member", "shop", 100, 0);
    assertThat(market.orderStatus("member", number)).isEqualTo(4);
    assertThat(market.refused("getOrderDetail", order("shop", number))).isEqualTo("40022");
    assertThat(market.refused("getOrderDetail", order("member", "none"))).isEqualTo("40000");
    assertThat(market.refused("getOrderDetail", order("nobody", number))).isEqualTo("30001");
    Market other = new Market(context, port);
    other.member("member");
    assertThat(other.refused("getOrderDetail", order("member", number))).isEqualTo("40000");
  }

  private static Map<String, Object> order(String member, String number) {
    return fields("bizUserId", member, "bizOrderNo", number);
  }

  private static Map<String, Object> balance(String member, String set) {
    return fields("bizUserId", member, "accountSetNo", set);
  }

  private static Map<String, Object> page(long start, long count) {
    return fields(
        "bizUserId", "member",
        "accountSetNo", "200001",
        "dateStart", "2020-01-01",
        "dateEnd", "2099-12-31",
        "startPosition", start,
        "queryNum", count);
  }
}

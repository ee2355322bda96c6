package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What members and merchants can look up: §4.2.20 to §4.3.2. */
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
  void theReserveIsSaidInTheTablesWords() {
    long reserve = market.platform("100003");
    market.give(reserve, 500);
    EscrowAnswer answer =
        market.application.call(
            "MerchantService.queryReserveFundBalance",
            "{\"sysid\":\"" + market.application.sysid() + "\"}");
    assertThat(answer.signedValue())
        .isEqualTo(
            "{\"account_no\":\"%d\",\"account_name\":\"标准准备金账户集\",\"balance\":500,"
                + "\"usable_bal\":500,\"def_clr\":1}",
            reserve);
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
  void eachLineHasTheMerchantsNumberOfWhatMovedTheMoney() {
    Market bazaar = new Market(context, port);
    new Bazaar(bazaar).open();
    List<String> investments = new ArrayList<>();
    List<String> refunds = failedBid(bazaar, investments);
    assertThat(numbers(bazaar, "payer").subList(0, 4))
        .containsExactly(refunds.get(1), refunds.get(0), investments.get(1), investments.get(0));
    assertThat(numbers(bazaar, "shop")).contains("gift");
    assertThat(numbers(bazaar, "payer").getLast()).as("money from outside").isEmpty();
  }

  /** §4.2.12: what a notice says beside orderNo, bizOrderNo, amount, buyerBizUserId and status. */
  @Test
  void eachNoticeHasTheMembersOfItsKindOfOrder() {
    Market bazaar = new Market(context, port);
    new Bazaar(bazaar).open();
    List<String> said =
        bazaar
            .jdbc
            .sql(
                """
                SELECT DISTINCT concat_ws(' ', o.kind, n.facts ->> 'status',
                  (SELECT string_agg(name, ' ' ORDER BY name) FROM jsonb_object_keys(
                     n.facts - '{orderNo,bizOrderNo,amount,buyerBizUserId,status}'::text[]) name))
                FROM (SELECT merchant_id, subject, facts FROM news
                      UNION ALL SELECT merchant_id, subject, facts FROM notice
                      UNION ALL SELECT merchant_id, subject, facts FROM notice_done) n
                JOIN orders o ON o.merchant_id = n.merchant_id AND o.id = n.subject
                WHERE o.merchant_id = ?
                  AND n.facts ??& '{orderNo,bizOrderNo,amount,buyerBizUserId,status}'
                """)
            .param(bazaar.merchant().id())
            .query((row, _) -> row.getString(1))
            .list();
    assertThat(said)
        .containsExactlyInAnyOrder(
            "PURCHASE OK extendInfo payDatetime",
            "COLLECTION OK payDatetime",
            "COLLECTION OK payDatetime remainAmount",
            "DISBURSEMENT OK payDatetime",
            "BATCH_DISBURSEMENT OK payDatetime",
            "REFUND OK payDatetime refundWhereabouts",
            "WITHDRAWAL OK payDatetime",
            "WITHDRAWAL pending",
            "WITHDRAWAL error errorCode message");
  }

  private static List<String> numbers(Market market, String member) {
    return market
        .ok("queryInExpDetail", with(page(1, 100), "bizUserId", member))
        .get("inExpDetail")
        .valueStream()
        .map(line -> line.path("bizOrderNo").asString(""))
        .toList();
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
    assertThat(lines("dateStart", "", "dateEnd", "")).isEqualTo(2);
    assertThat(lines("dateStart", "")).isEqualTo(2);
    assertThat(lines("dateEnd", "")).isEqualTo(2);
    assertThat(lines("dateStart", today, "dateEnd", "")).isEqualTo(1);
    market.advance(Duration.ofHours(24));
    assertThat(lines("dateStart", "", "dateEnd", today)).isEqualTo(2);
  }

  private long lines(Object... days) {
    return market.ok("queryInExpDetail", with(page(1, 10), days)).get("totalNum").longValue();
  }

  @ParameterizedTest
  @CsvSource({
    "dateStart, 2100-01-01, 50003",
    "dateStart, 2026-02-30, 10000",
    "dateStart, 20260101, 10000",
    "dateEnd, 2026-13-01, 10000",
    "queryNum, '', 10001",
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

  @Test
  void theDaysFileHasEverySortOfOrder() throws Exception {
    Market bazaar = new Market(context, port);
    LocalDate day = BeijingTime.dayOf(bazaar.merchants.now(bazaar.merchant())).plusDays(1);
    bazaar.merchants.setClock(
        bazaar.merchant(), BeijingTime.startOf(day).plus(Duration.ofHours(9)));
    new Bazaar(bazaar).open();
    failedBid(bazaar, new ArrayList<>());
    bazaar.advance(Duration.ofHours(26));

    EscrowAnswer answer =
        bazaar.application.call(
            "MerchantService.getCheckAccountFile",
            "{\"date\":\"" + BeijingTime.compactDay(day) + "\"}");
    assertThat(answer.isOk()).as(answer.toString()).isTrue();
    URI url = URI.create(JsonMapper.shared().readTree(answer.signedValue()).get("url").asString());
    byte[] file = bazaar.application.send(HttpRequest.newBuilder(url).GET()).body();
    Map<String, Long> types =
        new String(file, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split("\\|", -1)[1])
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(types)
        .containsOnly(
            Map.entry("消费", 2L),
            Map.entry("代收", 4L),
            Map.entry("代付", 2L),
            Map.entry("退款", 3L),
            Map.entry("提现", 1L),
            Map.entry("平台转账", 1L));
    bazaar.audit();
  }

  /** Two investments in the bazaar's bid go back; gives the refunds' numbers. */
  private static List<String> failedBid(Market bazaar, List<String> investments) {
    List<Map<String, Object>> list = new ArrayList<>();
    List<String> refunds = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      Map<String, Object> investment =
          with(
              bazaar.collection("payer", 1_000L * i, 5),
              "tradeCode",
              "1001",
              "goodsType",
              1,
              "goodsNo",
              "loan");
      investments.add(bazaar.paid("agentCollectApplySimplify", investment));
      refunds.add(Market.number("failed"));
      list.add(fields("bizOrderNo", refunds.getLast(), "oriBizOrderNo", investments.getLast()));
    }
    bazaar.ok(
        "failureBidRefund",
        fields(
            "bizBatchNo",
            Market.number("batch"),
            "goodsType",
            1,
            "goodsNo",
            "loan",
            "batchRefundList",
            list));
    return refunds;
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

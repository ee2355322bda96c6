package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.order.DisbursementBatches;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Lists of disbursements. Specification §4.2.7, §5.11; THREATS T3-12. */
@TestServer
class BatchTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member first;
  private Member second;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    market.member("buyer", 2_000_000);
    first = market.member("userA");
    second = market.member("userB");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theSpecificationsExampleComesOutToTheFen() {
    market.paidCollection("buyer", 30_000, 0);
    Map<String, Object> a = item("userA", 10_000, 500);
    Map<String, Object> b = item("userB", 20_000, 1_200);
    Map<String, Object> batch = batch(List.of(a, b));
    assertThat(market.ok("batchAgentPaySimplify", batch).get("bizBatchNo").stringValue())
        .isEqualTo(batch.get("bizBatchNo"));
    market.runDue();
    assertThat(market.entries(first.account())).containsExactly(10_000L, -500L);
    assertThat(market.entries(second.account())).containsExactly(20_000L, -1_200L);
    // The specification's example prints -1200 for the platform: it receives 1700 in all.
    assertThat(market.balance(market.platform("100001"))).isEqualTo(1_700);
    assertThat(market.news(String.valueOf(a.get("bizOrderNo")))).containsExactly("OK");
    assertThat(market.orderStatus("userB", String.valueOf(b.get("bizOrderNo")))).isEqualTo(4);
  }

  @Test
  void anItemFailsAlone() {
    market.paidCollection("buyer", 100, 0);
    Map<String, Object> one = item("userA", 60, 0);
    Map<String, Object> two = item("userA", 60, 0);
    Map<String, Object> three = item("userB", 40, 0);
    market.ok("batchAgentPaySimplify", batch(List.of(one, two, three)));
    market.runDue();
    assertThat(market.balance(first)).isEqualTo(60);
    assertThat(market.balance(second)).isEqualTo(40);
    assertThat(market.orderStatus("userA", String.valueOf(two.get("bizOrderNo")))).isEqualTo(3);
    assertThat(market.news(String.valueOf(two.get("bizOrderNo")))).isEmpty();
  }

  @Test
  void bankAccountsArePaidOneByOne() {
    String card = market.card(first);
    market.paidCollection("buyer", 1_400_000, 0);
    Map<String, Object> good = toCard(item("userA", 100, 0), card, 100);
    Map<String, Object> refused = toCard(item("userA", 668_801, 0), card, 668_801);
    Map<String, Object> slow = toCard(item("userA", 668_802, 0), card, 668_802);
    market.ok("batchAgentPaySimplify", batch(List.of(good, refused, slow)));
    awaitNews(good, "OK");
    awaitNews(refused, "error");
    awaitNews(slow, "pending");
    market.advance(Duration.ofHours(1));
    awaitNews(slow, "pending", "OK");
  }

  /** Does what is due until an item's notices are these: our own scheduler may be at it, too. */
  private void awaitNews(Map<String, Object> item, String... words) {
    String number = String.valueOf(item.get("bizOrderNo"));
    Awaitility.await(number)
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          market.runDue();
          return market.news(number).equals(List.of(words));
        });
  }

  @Test
  void aCardThatIsUnboundMeanwhileIsNotPaid() {
    Scheduler other = context.getBean(Scheduler.class);
    other.stop();
    String card = market.card(first);
    market.paidCollection("buyer", 100, 0);
    Map<String, Object> item = toCard(item("userA", 100, 0), card, 100);
    market.ok("batchAgentPaySimplify", batch(List.of(item)));
    Cards cards = context.getBean(Cards.class);
    cards.unbind(cards.all(first).getFirst(), market.merchants.now(market.merchant()));
    other.start();
    awaitNews(item, "error");
    assertThat(market.balance(market.platform("100004"))).isEqualTo(100);
  }

  @Test
  void aSilentBankDoesNotKeepTheMerchantsOtherJobs() throws Exception {
    DisbursementBatches worker = context.getBean(DisbursementBatches.class);
    String card = market.card(first);
    market.paidCollection("buyer", 600, 0);
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      items.add(toCard(item("userA", 100, 0), card, 100));
    }
    Scheduler other = context.getBean(Scheduler.class);
    other.stop();
    Duration round;
    try (Connection bank = context.getBean(DataSource.class).getConnection();
        Statement statement = bank.createStatement()) {
      bank.setAutoCommit(false);
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      statement.execute("LOCK TABLE simbank.deal IN ACCESS EXCLUSIVE MODE");
      market.ok("batchAgentPaySimplify", batch(items));
      long start = System.nanoTime();
      worker.run(market.merchant(), market.merchants.now(market.merchant()));
      round = Duration.ofNanos(System.nanoTime() - start);
      bank.rollback();
    }
    other.start();
    assertThat(round).isLessThan(Duration.ofSeconds(9));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          market.runDue();
          return states().equals(Map.of("SUCCEEDED", 6L));
        });
  }

  /** 1000 items, each to a bank account and with a share: more tokens than ordinary texts have. */
  @Test
  void theLongestListIsRead() {
    String card = market.card(first);
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < DisbursementBatches.MOST_ITEMS; i++) {
      Map<String, Object> share = fields("bizUserId", "userB", "amount", 1, "fee", 0);
      items.add(
          with(toCard(item("userA", 10, 0), card, 9), "splitRuleList", List.of(share), "fee", 0));
    }
    Map<String, Object> list = with(batch(items), "tradeCode", "9999");
    assertThat(market.refused("batchAgentPaySimplify", list))
        .as("all of it read")
        .isEqualTo("40010");
  }

  @Test
  void oneOfManyListsOfANumberIsTaken() throws Exception {
    String number = Market.number("batch");
    List<EscrowAnswer> answers =
        Rush.together(
            8,
            () ->
                market.call(
                    "batchAgentPaySimplify",
                    with(batch(List.of(item("userA", 10, 0))), "bizBatchNo", number)));
    assertThat(answers).filteredOn(EscrowAnswer::isOk).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.isOk())
        .allSatisfy(answer -> assertThat(answer.errorCode()).isEqualTo("40017"));
  }

  @Test
  void refusesListsThatCannotBe() {
    String card = market.card(first);
    Map<String, Object> good = item("userA", 10, 0);
    assertThat(refused(List.of(good, with(good, "amount", 11)))).isEqualTo("40017");
    assertThat(refused(List.of(good, toCard(item("userA", 10, 0), card, 10)))).isEqualTo("40015");
    assertThat(refused(List.of(good, item("nobody", 10, 0)))).isEqualTo("30001");
    assertThat(refused(List.of(good, item("userB", 10, 11)))).isEqualTo("40016");
    assertThat(
            market
                .call("batchAgentPaySimplify", batch(List.of(good, item("userB", 10, 11))))
                .message())
        .endsWith("batchPayList[1].fee");
    assertThat(refused(List.of())).isEqualTo("10001");
    assertThat(
            market.refused(
                "batchAgentPaySimplify", with(batch(List.of(good)), "tradeCode", "1001")))
        .isEqualTo("40010");
    market.set(Map.of("batch.most", "1"));
    assertThat(refused(List.of(good, item("userB", 10, 0)))).isEqualTo("10000");
    Map<String, Object> batch = batch(List.of(good));
    market.ok("batchAgentPaySimplify", batch);
    market.runDue();
    assertThat(refused(List.of(with(good, "amount", 11)))).isEqualTo("40017");
    assertThat(
            market.refused(
                "batchAgentPaySimplify",
                with(batch, "batchPayList", List.of(item("userB", 10, 0)))))
        .isEqualTo("40017");
  }

  @Test
  void whateverWorksAtItEachItemIsPaidOnce() throws Exception {
    DisbursementBatches worker = context.getBean(DisbursementBatches.class);
    market.paidCollection("buyer", 1_000, 0);
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      items.add(item(i % 2 == 0 ? "userA" : "userB", 10, 1));
    }
    market.ok("batchAgentPaySimplify", batch(items));
    Rush.together(8, () -> worker.run(market.merchant(), market.merchants.now(market.merchant())));
    market.runDue();
    assertThat(market.balance(first) + market.balance(second)).isEqualTo(900);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(100);
    assertThat(states()).containsOnly(Map.entry("SUCCEEDED", 100L), Map.entry("FAILED", 20L));
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    market
        .jdbc
        .sql(
            """
            SELECT state, count(*) FROM orders
            WHERE merchant_id = ? AND kind = 'BATCH_DISBURSEMENT' GROUP BY state
            """)
        .param(market.merchant().id())
        .query(row -> {
          states.put(row.getString(1), row.getLong(2));
        });
    return states;
  }

  private Map<String, Object> item(String payee, long amount, long fee) {
    Map<String, Object> item = market.disbursement(payee, amount, fee);
    item.remove("tradeCode");
    return item;
  }

  private static Map<String, Object> toCard(Map<String, Object> item, String card, long amount) {
    return with(
        item,
        "payToBankCardInfo",
        fields("bankCardNo", card, "amount", amount, "backUrl", Market.BACK_URL));
  }

  private static Map<String, Object> batch(List<Map<String, Object>> items) {
    return fields("bizBatchNo", Market.number("batch"), "batchPayList", items, "tradeCode", "4001");
  }

  private String refused(List<Map<String, Object>> items) {
    return market.refused("batchAgentPaySimplify", batch(items));
  }
}

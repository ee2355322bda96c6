package io.tongbao.server.payout.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.notice.Letter;
import io.tongbao.server.notice.Notice;
import io.tongbao.server.notice.Notices;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.Payout;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Payouts;
import io.tongbao.server.payment.Topups;
import io.tongbao.server.payout.PayoutConversation;
import io.tongbao.server.payout.PayoutDealer;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders, queries and notices over HTTP: {@code exchanges/payout-orders/*.txt}. */
@TestServer
class PayoutOrdersTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BROKER = "yiyun73";
  private static final String QUERY = "GET /api/payment/v1/query-realtime-order";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Brokers brokers;
  @Autowired private Topups topups;
  @Autowired private Payouts payouts;
  @Autowired private Notices notices;
  @Autowired private Scheduler scheduler;
  @Autowired private Audits audits;

  @TestFactory
  List<DynamicTest> conversations() throws Exception {
    Path folder =
        Path.of(
            Objects.requireNonNull(getClass().getResource("/exchanges/payout-orders"), "folder")
                .toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)))
          .toList();
    }
  }

  @Test
  void aNoticeSaysWhatTheQuerySaysAndKeepsItsNumber() {
    PayoutDealer dealer = dealer(Map.of("notify.url", "http://localhost:9/notify"));
    topUp(dealer, "bankcard", "1000.00");
    PayoutAnswer accepted =
        dealer.call(
            "POST /api/payment/v1/order-realtime",
            """
            {"order_id":"n1","dealer_id":"%s","broker_id":"yiyun73","real_name":"张三",
             "card_no":"6228480402637874214","id_card":"11010119800101001X","pay":"100",
             "notes":"备注","anchor_id":"a1"}
            """
                .formatted(dealer.id()));
    assertThat(accepted.code()).isEqualTo("0000");
    due(dealer);
    Payout payout = payouts.find(dealer.merchant(), "n1").orElseThrow();
    List<Notice> told = notices.of(dealer.merchant().id(), payout.id());
    assertThat(told).hasSize(1);

    PayoutNotice notice = read(dealer, told.getFirst());
    PayoutNotice again = read(dealer, told.getFirst());
    assertThat(again.notifyId()).isEqualTo(notice.notifyId());
    assertThat(again.notifyTime()).isEqualTo(notice.notifyTime());
    JsonNode data = JSON.readTree(notice.data().reveal());
    JsonNode queried = JSON.readTree(dealer.call(QUERY, "{\"order_id\":\"n1\"}").data());
    for (String name : queried.propertyNames()) {
      if (!name.equals("created_at") && !name.equals("finished_time")) {
        assertThat(data.get(name)).as(name).isEqualTo(queried.get(name));
      }
    }
    assertThat(data.get("sys_wallet_ref").stringValue()).matches("[0-9]+");
    assertThat(data.get("sys_bank_bill").stringValue()).matches("[0-9]{20}");
    assertThat(data.get("broker_bank_bill").stringValue()).isEmpty();
    assertThat(told.getFirst().facts()).doesNotContain("6228480402637874214", "张三");
    assertThat(audits.run().violations()).isEmpty();
  }

  private PayoutNotice read(PayoutDealer dealer, Notice notice) {
    Letter letter = notices.preview(dealer.merchant(), notice.id(), dealer.now()).orElseThrow();
    assertThat(letter.headers()).containsEntry("dealer-id", dealer.id());
    return PayoutNotice.read(letter.body(), dealer.keys());
  }

  private PayoutDealer dealer(Map<String, String> settings) {
    PayoutDealer dealer = PayoutDealer.open(merchants, port, settings, List.of());
    Broker.Terms terms = Broker.Terms.of(70_000);
    brokers.open(dealer.merchant(), BROKER, terms, dealer.now());
    return dealer;
  }

  private void play(Path file) throws IOException {
    PayoutDealer dealer = dealer(Map.of());
    new PayoutConversation(dealer, (word, argument) -> direct(dealer, word, argument))
        .play(Files.readAllLines(file));
    assertThat(audits.run().violations()).isEmpty();
  }

  private @Nullable String direct(PayoutDealer dealer, String word, String argument) {
    switch (word) {
      case "due" -> due(dealer);
      case "clock" -> merchants.advance(dealer.merchant(), Duration.parse(argument));
      case "topup" -> {
        String[] said = argument.split(" ", 2);
        topUp(dealer, said[0], said[1]);
      }
      case "setting" -> {
        String[] pair = argument.split("=", 2);
        merchants.changeSettings(dealer.merchant(), Map.of(pair[0], pair[1]));
      }
      case "cancel" -> payouts.cancel(dealer.merchant(), argument, dealer.now());
      case "release" -> payouts.release(dealer.merchant(), argument, dealer.now());
      default -> {
        return null;
      }
    }
    return "";
  }

  private void due(PayoutDealer dealer) {
    scheduler.runDue(dealer.merchant());
  }

  private void topUp(PayoutDealer dealer, String channel, String yuan) {
    topups.add(
        dealer.merchant(),
        brokers.find(dealer.merchant(), BROKER),
        PayoutChannel.ofCode(channel).orElseThrow(),
        Money.parseYuan(yuan),
        Ids.twentyDigits(),
        dealer.now());
  }
}

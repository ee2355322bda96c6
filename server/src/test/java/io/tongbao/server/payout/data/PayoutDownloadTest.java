package io.tongbao.server.payout.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.boot.DataFolder;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.PayoutDraft;
import io.tongbao.server.payment.Payouts;
import io.tongbao.server.payment.Topups;
import io.tongbao.server.payout.PayoutDealer;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.Members;
import io.tongbao.wire.payout.PayoutAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A dealer asks where a day's files are, and fetches them; nobody else does (THREATS T2-6). */
@TestServer
class PayoutDownloadTest {
  private static final String ORDERS = "GET /api/dataservice/v1/order/downloadurl";
  private static final String BILL = "GET /api/dataservice/v1/bill/downloadurl";

  @Autowired private Merchants merchants;
  @Autowired private Brokers brokers;
  @Autowired private Topups topups;
  @Autowired private Payouts payouts;
  @Autowired private Scheduler scheduler;
  @Autowired private Audits audits;
  @Autowired private DataFolder folder;
  @LocalServerPort private int port;

  private PayoutDealer dealer;
  private LocalDate day;

  @BeforeEach
  void payOnADay() {
    dealer = PayoutDealer.open(merchants, port);
    day = BeijingTime.dayOf(dealer.now()).plusDays(1);
    to(day, LocalTime.of(9, 0));
    Broker broker =
        brokers.open(dealer.merchant(), "yiyun73", Broker.Terms.of(70_000), dealer.now());
    topups.add(
        dealer.merchant(),
        broker,
        PayoutChannel.BANKCARD,
        Money.ofFen(100_000),
        "t1",
        dealer.now());
    payouts.accept(
        new PayoutDraft(
            dealer.merchant(),
            "order-1",
            PayoutChannel.BANKCARD,
            broker.code(),
            new Payee(
                new Secret("张三丰"),
                new Secret("6228480402637852416"),
                new Secret("11010119800101001X"),
                null),
            Money.ofFen(19_500),
            PayoutDraft.Words.NONE,
            dealer.now()));
    scheduler.runDue(dealer.merchant());
  }

  @AfterEach
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  void fetchesBothFilesOfYesterday() throws IOException {
    Runnable cut = () -> to(day.plusDays(1), LocalTime.of(3, 45));
    assertThat(scheduler.runDueAfter(dealer.merchant(), cut)).contains("publish-files");
    HttpResponse<byte[]> orders = fetch(url(ORDERS, "order", day));
    assertThat(orders.statusCode()).isEqualTo(200);
    assertThat(orders.headers().firstValue("content-type")).contains("application/gzip");
    assertThat(orders.headers().firstValue("cache-control")).contains("no-store");
    assertThat(orders.headers().firstValue("content-disposition").orElseThrow())
        .contains(dealer.id() + "-order-" + day + ".csv.gz");
    assertThat(unzipped(orders))
        .startsWith("商户订单号,")
        .contains(",张**,yiyun**,成功,6228*****52416,银行卡,195,13.65,")
        .doesNotContain("6228480402637852416");
    assertThat(unzipped(fetch(url(BILL, "bill", day)))).contains("经纪公司打款服务费,成功,-/-,张**");
  }

  @Test
  void nobodyElseFetchesAndNobodyTwice() {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String url = url(ORDERS, "order", day);
    PayoutDealer other = PayoutDealer.open(merchants, port);
    URI address = URI.create(url);
    assertThat(
            other
                .send(dealer.request(address.getPath()).header("dealer-id", other.id()))
                .statusCode())
        .isEqualTo(404);
    String renamed = url.replace(dealer.id() + "-order", other.id() + "-order");
    assertThat(fetch(renamed).statusCode()).isEqualTo(404);
    assertThat(fetch(url.replace("-order-", "-bill-")).statusCode()).isEqualTo(404);
    assertThat(fetch(url).statusCode()).isEqualTo(200);
    assertThat(fetch(url).statusCode()).as("a second time").isEqualTo(404);
  }

  @Test
  void ofManyAtOnceOneIsServed() throws Exception {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String url = url(ORDERS, "order", day);
    try (ExecutorService thieves = Executors.newFixedThreadPool(16)) {
      List<Future<Integer>> all =
          thieves.invokeAll(Collections.nCopies(32, () -> fetch(url).statusCode()));
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : all) {
        statuses.add(each.get());
      }
      assertThat(statuses).containsOnlyOnce(200);
    }
  }

  @Test
  void whatBrokeOffMayBeTriedAgain() throws IOException {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String url = url(ORDERS, "order", day);
    Path file = onDisk("payout-orders-" + day);
    byte[] sealed = Files.readAllBytes(file);
    byte[] bent = sealed.clone();
    bent[sealed.length / 2] ^= 1;
    Files.write(file, bent);
    assertThatThrownBy(() -> assertThat(fetch(url).statusCode()).isEqualTo(200));
    Files.write(file, sealed);
    assertThat(unzipped(fetch(url))).startsWith("商户订单号,");
  }

  private Path onDisk(String beginning) throws IOException {
    Path own = folder.path().resolve("files/" + dealer.merchant().id());
    try (Stream<Path> all = Files.list(own)) {
      return all.filter(each -> each.getFileName().toString().startsWith(beginning))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void anAddressIsGoodForTenMinutesOnTheDealersClock() {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String late = url(ORDERS, "order", day);
    String intime = url(ORDERS, "order", day);
    assertThat(token(late)).hasSize(64).isNotEqualTo(token(intime));
    merchants.advance(dealer.merchant(), Duration.ofSeconds(590));
    assertThat(fetch(intime).statusCode()).isEqualTo(200);
    merchants.advance(dealer.merchant(), Duration.ofSeconds(10));
    assertThat(fetch(late).statusCode()).isEqualTo(404);
  }

  @Test
  void onlyTheDealersNetworksFetch() {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String url = url(ORDERS, "order", day);
    merchants.changeSources(dealer.merchant(), List.of("192.0.2.0/24"));
    assertThat(fetch(url).statusCode()).isEqualTo(404);
    merchants.changeSources(dealer.merchant(), List.of());
    assertThat(fetch(url).statusCode()).isEqualTo(200);
  }

  @Test
  void aDayWithoutAFileHasNone() {
    assertThat(code(ORDERS, "order_date", day.toString())).isEqualTo("5000");
    to(day.plusDays(1), LocalTime.of(3, 29));
    assertThat(code(BILL, "bill_date", day.toString())).isEqualTo("5000");
    to(day.plusDays(1), LocalTime.of(3, 31));
    assertThat(code(BILL, "bill_date", day.toString())).isEqualTo("0000");
    assertThat(code(ORDERS, "order_date", day.toString())).isEqualTo("5000");
    assertThat(code(ORDERS, "order_date", day.minusDays(1).toString())).isEqualTo("5000");
    assertThat(code(ORDERS, "order_date", day.plusDays(9).toString())).isEqualTo("5000");
    PayoutAnswer answer = dealer.call(ORDERS, "{\"order_date\":\"" + day.plusDays(1) + "\"}");
    assertThat(answer.message()).startsWith("不存在的账单");
    assertThat(answer.data()).isNull();
  }

  @Test
  void afterNinetyDaysTheAddressIsEmpty() {
    to(day.plusDays(90), LocalTime.of(23, 59));
    assertThat(url(ORDERS, "order", day)).isNotEmpty();
    to(day.plusDays(91), LocalTime.of(0, 0));
    assertThat(url(ORDERS, "order", day)).isEmpty();
    assertThat(url(BILL, "bill", day)).isEmpty();
    assertThat(url(ORDERS, "order", day.minusYears(3))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2017-1-01",
        "2017-02-30",
        "20170101",
        "2017-01-01 ",
        " 2017-01-01",
        "../2017-01-01",
        "2017-01-01/../../x",
        "２０１７-01-01",
        "+2017-01-01",
        "2017-01-01T00:00:00"
      })
  void aDayIsWrittenAsPrintedOrRefused(String text) {
    assertThat(code(ORDERS, "order_date", text)).isEqualTo("2001");
    assertThat(code(BILL, "bill_date", text)).isEqualTo("2001");
  }

  @Test
  void aTextThatEndsTooEarlyIsNoParameter() {
    assertThat(code(ORDERS, "order_date", "2017-01-01\\u0000")).isEqualTo("1002");
  }

  @Test
  void noPathLeadsOutOfTheFolder() {
    to(day.plusDays(1), LocalTime.of(4, 0));
    String url = url(ORDERS, "order", day);
    String folder = url.substring(0, url.lastIndexOf('/') + 1);
    for (String name :
        List.of("..%2F..%2Fcredentials.json", "%2e%2e/%2e%2e/credentials.json", "lock", "x%00")) {
      assertThat(fetch(folder + name).statusCode()).as(name).isBetween(400, 404);
    }
    assertThat(fetch(url.replace(token(url), "0".repeat(64))).statusCode()).isEqualTo(404);
    assertThat(fetch(url.replace(token(url), "..")).statusCode()).isBetween(400, 404);
  }

  private void to(LocalDate when, LocalTime time) {
    merchants.setClock(dealer.merchant(), when.atTime(time).atZone(BeijingTime.ZONE).toInstant());
  }

  private String code(String operation, String field, String text) {
    return dealer.call(operation, "{\"" + field + "\":\"" + text + "\"}").code();
  }

  private String url(String operation, String kind, LocalDate when) {
    PayoutAnswer answer = dealer.call(operation, "{\"" + kind + "_date\":\"" + when + "\"}");
    assertThat(answer.code()).isEqualTo("0000");
    Members data = Members.read(Objects.requireNonNull(answer.data()));
    return Objects.requireNonNull(data.text(kind + "_download_url"));
  }

  private HttpResponse<byte[]> fetch(String url) {
    String path = url.substring(url.indexOf('/', "http://".length()));
    return dealer.send(dealer.request(path));
  }

  private static String token(String url) {
    String[] parts = url.split("/", -1);
    return parts[parts.length - 2];
  }

  private static String unzipped(HttpResponse<byte[]> response) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(),
        StandardCharsets.UTF_8);
  }
}

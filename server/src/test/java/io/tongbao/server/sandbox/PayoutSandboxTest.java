package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.client.payout.DataCalls;
import io.tongbao.client.payout.OrderCalls.Receipt;
import io.tongbao.client.payout.PayoutCall;
import io.tongbao.client.payout.PayoutClient;
import io.tongbao.client.payout.PayoutCredentials;
import io.tongbao.client.payout.PayoutRefused;
import io.tongbao.client.payout.ReportCalls;
import io.tongbao.client.payout.ReportCalls.Result;
import io.tongbao.client.payout.VerificationCalls;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payout.PayoutDealer;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutKeys;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the payout face in the sandbox: what it finds there, and what a tester can do. */
@TestServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PayoutSandboxTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ApiDocument DOCUMENT = ApiDocument.read();
  private static final String ORDER = "POST /api/payment/v1/order-realtime";
  private static final String QUERY = "GET /api/payment/v1/query-realtime-order";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Scheduler scheduler;
  @Autowired private Audits audits;
  private PayoutDealer dealer;
  private String broker;

  @BeforeEach
  void readCredentials() {
    JsonNode given = JSON.readTree(text("GET", "/credentials", "")).required("payout");
    PayoutKeys keys =
        new PayoutKeys(
            new Secret(given.required("des3Key").asString()),
            new Secret(given.required("appKey").asString()));
    assertThat(keys.areWeak()).isFalse();
    assertThat(keys.des3key().reveal()).matches("[!-~]{24}");
    assertThat(keys.appkey().reveal()).matches("[0-9a-f]{32}");
    broker = given.required("brokerId").asString();
    String code = given.required("dealerId").asString();
    dealer =
        PayoutDealer.known(merchants, port, merchants.find(Face.PAYOUT, code).orElseThrow(), keys);
  }

  @AfterEach
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  @Order(1)
  void aTesterTopsUpMaintainsReleasesAndReadsNotices() {
    String receiver = "http://localhost:" + port + "/sandbox/catch/payout";
    assertThat(dealer.merchant().settings()).containsEntry("notify.url", receiver);
    assertThat(set("notify.url", receiver + "s")).contains(receiver + "s");
    assertThat(set("notify.url", "http://10.0.0.1/")).contains("BAD_FIELD notify.url");
    assertThat(set("wxpay.day", "-1")).contains("BAD_FIELD wxpay.day");
    assertThat(set("balance.refuse", "yes")).contains("BAD_FIELD balance.refuse");
    assertThat(set("sms.perDay", "1")).contains("BAD_FIELD sms.perDay");
    assertThat(topUp("bankcard", "1000")).contains("\"balance\":\"1000.00\"");
    assertThat(topUp("cash", "1000")).contains("BAD_FIELD channel");
    assertThat(topUp("bankcard", "-1")).contains("BAD_AMOUNT");

    assertThat(text("POST", "/channel/maintenance", "{\"channel\":\"bankcard\",\"on\":true}"))
        .contains("true");
    assertThat(text("POST", "/channel/maintenance", "{\"channel\":\"moon\",\"on\":true}"))
        .contains("BAD_FIELD channel");
    assertThat(order("s1", "100.00").isOk()).isTrue();
    assertThat(order("s2", "200.00").isOk()).isTrue();
    until(() -> status("s1").equals("4") && status("s2").equals("4"));
    assertThat(status("s1")).isEqualTo("4");
    assertThat(act("s2", "cancel")).contains("\"status\":15");
    assertThat(act("s2", "cancel")).contains("WRONG_ORDER_STATE");
    assertThat(act("s3", "cancel")).contains("ORDER_UNKNOWN");
    assertThat(act("s1", "sell")).contains("BAD_FIELD act");
    text("POST", "/channel/maintenance", "{\"channel\":\"bankcard\",\"on\":false}");
    until(() -> status("s1").equals("1"));
    assertThat(status("s1")).isEqualTo("1");
    until(() -> !text("GET", "/catch/payouts", "").equals("[]"));

    JsonNode caught = JSON.readTree(text("GET", "/catch/payouts", "")).get(0);
    assertThat(caught.required("verdict").asString()).isEqualTo("valid");
    JsonNode data = caught.required("decoded").required("data");
    assertThat(data.required("order_id").asString()).isEqualTo("s1");
    assertThat(data.required("status").asInt()).isEqualTo(1);
    assertThat(text("GET", "/notices?order=s1", "")).contains("\"state\":\"DELIVERED\"");
    String ref = data.required("ref").asString();
    assertThat(text("GET", "/notices?order=" + ref, "")).contains("\"status\":200");
    assertThat(text("GET", "/notices?order=s9", "")).contains("ORDER_UNKNOWN s9");
    for (String number : List.of("s1", ref)) {
      JsonNode evidence = JSON.readTree(text("GET", "/evidence?order=" + number, ""));
      assertThat(evidence).hasSize(1);
      assertThat(evidence.get(0).required("verdict").asString()).isEqualTo("PROVEN");
      assertThat(evidence.get(0).required("operation").asString()).isEqualTo(ORDER);
      assertThat(evidence.get(0).required("said").asString()).contains("\"order_id\":\"s1\"");
      assertThat(evidence.get(0).required("key").isNull()).isTrue();
    }
    assertThat(text("GET", "/channel/requests?merchant=" + dealer.id(), ""))
        .contains("\"ref\":\"" + ref + "\"", "\"side\":\"SYSTEM\"");
    assertThat(text("GET", "/requests?limit=5", "")).contains("&timestamp=", "&key=<appkey>");
    for (String path :
        List.of("/notices", "/notices/endpoints?merchant=" + dealer.id(), "/accounts", "/audit")) {
      assertThat(text("GET", path, "")).as(path).doesNotContain("error\":\"");
    }
  }

  @Test
  @Order(2)
  void aTesterAgreesOnTermsAndSeesWhatTheyDo() {
    assertThat(agree("\"packets\":\"PGT\",\"brokerShare\":300000,\"channels\":[\"wxpay\"]"))
        .contains("\"rate\":70000", "\"packets\":\"PGT\"", "[\"wxpay\"]")
        .contains("\"monthHighest\":\"0.00\"");
    assertThat(agree("\"monthHighest\":\"100\"")).contains("\"packets\":\"PGT\"", "100.00");
    assertThat(agree("\"rate\":1000001")).contains("BAD_FIELD rate");
    assertThat(agree("\"packets\":\"ABC\"")).contains("BAD_FIELD packets");
    assertThat(agree("\"channels\":[\"cash\"]")).contains("BAD_FIELD channels");
    assertThat(text("GET", "/notices", "")).startsWith("[");
    PayoutAnswer answer =
        dealer.call(
            "GET /api/payment/v1/query-accounts", "{\"dealer_id\":\"%s\"}".formatted(dealer.id()));
    assertThat(answer.data())
        .contains("\"broker_id\":\"second\",\"bank_card_balance\":\"0.00\",\"is_bank_card\":false");
  }

  @Test
  @Order(3)
  void aDealerIsWarnedOfALowBalance() {
    assertThat(
            text(
                "PUT",
                "/thresholds",
                "{\"dealerId\":\"%s\",\"brokerId\":\"%s\",\"channel\":\"wxpay\",\"threshold\":\"5\"}"
                    .formatted(dealer.id(), broker)))
        .contains("threshold");
    scheduler.runDue(dealer.merchant());
    text(
        "PUT",
        "/contacts",
        "{\"dealerId\":\"%s\",\"phones\":[\"13900004001\"],\"mails\":[\"a@example.com\"]}"
            .formatted(dealer.id()));
    until(() -> text("GET", "/sms?phone=13900004001", "").contains("BALANCE_LOW"));
    assertThat(text("GET", "/mails?address=a@example.com", ""))
        .contains("余额不足预警", "微信余额 0.00 元，低于 5.00 元");
    assertThat(text("GET", "/sms?phone=13900004001", "")).contains("BALANCE_LOW");
    assertThat(
            text(
                "PUT",
                "/contacts",
                "{\"dealerId\":\"%s\",\"phones\":[\"1\"]}".formatted(dealer.id())))
        .contains("BAD_FIELD phones");
  }

  /** What no tour walks: each of the client's other calls, as the platform understands it. */
  @Test
  @Order(4)
  void theClientSaysWhatThePlatformUnderstands() throws IOException {
    JsonNode given = JSON.readTree(text("GET", "/credentials", "")).required("payout");
    PayoutClient client =
        PayoutClient.at(
            URI.create("http://localhost:" + port),
            PayoutCredentials.of(given),
            () -> dealer.now());
    Secret name = new Secret("张三");
    Secret identity = new Secret("11010119800101001X");
    Secret card = new Secret("6228480402637874214");
    Secret phone = new Secret("13900004002");
    var request = new VerificationCalls.Request(card, identity, name, phone);
    var requested = client.call(request);
    String code =
        JSON.readTree(text("GET", "/sms?phone=" + phone.reveal(), ""))
            .get(0)
            .required("code")
            .asString();
    client.call(request.confirm(code, requested));
    assertThatThrownBy(() -> client.call(request.confirm(code, requested)))
        .isInstanceOf(PayoutRefused.class)
        .hasMessageStartingWith("2003 ");
    client.call(new VerificationCalls.FourFactors(card, identity, name, phone));
    client.call(new VerificationCalls.ThreeFactors(card, identity, name));
    client.call(new VerificationCalls.Identity(identity, name));
    assertThat(client.call(new VerificationCalls.AuthorizeAlipay(broker)).info())
        .startsWith("scope=kuaijie&target_id=");
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", picture);
    Bytes side = Bytes.of(picture.toByteArray());
    client.upload(new VerificationCalls.IdentityCard(broker, name, identity), side, side);
    Money pay = Money.ofFen(100);
    Instant at = dealer.now();
    List<PayoutCall<Receipt>> reports =
        List.of(
            new ReportCalls.OfBankCard(
                "c1", broker, name, card, phone, identity, pay, "p", at, Result.SUCCEEDED, null),
            new ReportCalls.OfAlipay(
                "c2", broker, name, identity, phone, pay, at, Result.FAILED, "账号有误"),
            new ReportCalls.OfWeChat(
                "c3", broker, name, identity, "o1", pay, at, Result.SUCCEEDED, null));
    for (PayoutCall<Receipt> report : reports) {
      assertThat(client.call(report).pay()).isEqualTo(pay);
      assertThat(client.callPatiently(report, 2)).isEqualTo(client.call(report));
    }
    LocalDate longAgo = BeijingTime.dayOf(at).minusDays(91);
    assertThat(client.call(new DataCalls.GetBill(longAgo)).address()).isEmpty();
  }

  @Test
  @Order(6)
  void allClocksMoveOrNone() {
    String one = "{\"advance\":\"PT1H\",\"merchant\":\"%s\"}".formatted(dealer.id());
    String dealers = text("POST", "/clock", one);
    assertThat(dealers).contains("\"merchant\":\"" + dealer.id() + "\"", "\"offset\":\"PT1H\"");
    Instant between = merchants.now(dealer.merchant()).minus(Duration.ofMinutes(30));
    String before = text("GET", "/clock", "");
    assertThat(text("POST", "/clock", "{\"set\":\"" + between + "\"}")).contains("BAD_FIELD set");
    for (String wrong : List.of("PT-1S", "P100000D", "PT9223372036854775807S", "1h")) {
      assertThat(text("POST", "/clock", "{\"advance\":\"" + wrong + "\"}"))
          .as(wrong)
          .contains("BAD_FIELD advance");
    }
    assertThat(text("POST", "/clock", "{}")).contains("MISSING_FIELD set");
    assertThat(JSON.readTree(text("GET", "/clock", "")).required("offset"))
        .isEqualTo(JSON.readTree(before).required("offset"));
    JsonNode moved = JSON.readTree(text("POST", "/clock", "{\"advance\":\"PT1S\"}"));
    assertThat(moved.required("merchant")).isEqualTo(JSON.readTree(before).required("merchant"));
    assertThat(moved.required("offset").asString()).isEqualTo("PT1S");
  }

  /** What is booked while everything is emptied is gone, or it counts; never half. */
  @Test
  @Order(5)
  void aResetIsOneCommit() throws InterruptedException {
    AtomicBoolean resting = new AtomicBoolean();
    List<Thread> payers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      payers.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!resting.get()) {
                  topUp("wxpay", "1");
                }
              }));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(text("POST", "/reset", "")).contains("true");
    }
    resting.set(true);
    for (Thread payer : payers) {
      payer.join();
    }
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  @Order(5)
  void aResetLeavesTheBrokerAndTakesTheMoney() {
    topUp("alipay", "7");
    settings("{\"balance.refuse\":\"true\",\"notify.url\":\"http://localhost:9/n\"}");
    text("PUT", "/brokers", "{\"dealerId\":\"%s\",\"brokerId\":\"other\"}".formatted(dealer.id()));
    assertThat(text("POST", "/reset", "")).contains("true");
    assertThat(settings("{}")).doesNotContain("balance.refuse").contains("/sandbox/catch/payout");
    assertThat(JSON.readTree(accounts().data()).required("dealer_infos")).hasSize(1);
    assertThat(balance("alipay_balance")).isEqualTo("0.00");
    assertThat(topUp("alipay", "3")).contains("\"balance\":\"3.00\"");
    assertThat(balance("alipay_balance")).isEqualTo("3.00");
  }

  /** What is due may be in the hands of the scheduler's own thread. */
  private void until(BooleanSupplier isDone) {
    for (int round = 0; round < 200 && !isDone.getAsBoolean(); round++) {
      scheduler.runDue(dealer.merchant());
    }
  }

  /** What the dealer's settings are then. */
  private String settings(String changes) {
    return text(
        "PUT",
        "/settings",
        "{\"dealerId\":\"%s\",\"settings\":%s}".formatted(dealer.id(), changes));
  }

  private PayoutAnswer accounts() {
    return dealer.call(
        "GET /api/payment/v1/query-accounts", "{\"dealer_id\":\"%s\"}".formatted(dealer.id()));
  }

  private String balance(String name) {
    return JSON.readTree(accounts().data())
        .required("dealer_infos")
        .get(0)
        .required(name)
        .asString();
  }

  private PayoutAnswer order(String number, String pay) {
    return dealer.call(
        ORDER,
        """
        {"order_id":"%s","dealer_id":"%s","broker_id":"%s","real_name":"张三",
         "card_no":"6228480402637874214","id_card":"11010119800101001X","pay":"%s"}
        """
            .formatted(number, dealer.id(), broker, pay));
  }

  private String status(String number) {
    PayoutAnswer answer = dealer.call(QUERY, "{\"order_id\":\"%s\"}".formatted(number));
    return JSON.readTree(answer.data()).required("status").asString();
  }

  private String act(String number, String act) {
    return text(
        "POST",
        "/payouts/" + number,
        "{\"dealerId\":\"%s\",\"act\":\"%s\"}".formatted(dealer.id(), act));
  }

  private String set(String name, String value) {
    return text(
        "PUT",
        "/settings",
        "{\"dealerId\":\"%s\",\"settings\":{\"%s\":\"%s\"}}".formatted(dealer.id(), name, value));
  }

  private String agree(String terms) {
    return text(
        "PUT",
        "/brokers",
        "{\"dealerId\":\"%s\",\"brokerId\":\"second\",%s}".formatted(dealer.id(), terms));
  }

  private String topUp(String channel, String yuan) {
    return text(
        "POST",
        "/topups",
        """
        {"face":"payout","dealerId":"%s","brokerId":"%s","channel":"%s","amount":"%s"}
        """
            .formatted(dealer.id(), broker, channel, yuan));
  }

  /** One call of the control interface; needs no dealer. */
  private String text(String method, String path, String body) {
    PayoutDealer anybody =
        PayoutDealer.known(merchants, port, merchants.all().getFirst(), PayoutKeys.generate());
    HttpResponse<byte[]> answer =
        anybody.send(
            anybody
                .request("/sandbox/api" + path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    String said = PayoutDealer.text(answer);
    DOCUMENT.check(method, path, answer.statusCode(), JSON.readTree(said));
    return said;
  }
}

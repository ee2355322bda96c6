package io.tongbao.server.payout;

import static io.tongbao.server.payout.PayoutCatalogTest.COUNT;
import static io.tongbao.server.payout.PayoutCatalogTest.COUNT_ALIAS;
import static io.tongbao.server.payout.PayoutCatalogTest.ECHO;
import static io.tongbao.server.payout.PayoutCatalogTest.FAIL;
import static io.tongbao.server.payout.PayoutCatalogTest.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.Form;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The payout face's envelope over HTTP: WIRE payout 2 to 11, THREATS T2-1 to T2-3. */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import({
  PayoutCatalogTest.Echo.class,
  PayoutCatalogTest.Count.class,
  PayoutCatalogTest.Other.class,
  PayoutCatalogTest.Fail.class
})
class PayoutEnvelopeTest {
  private static final String JSON = "{\"order_id\":\"a1\",\"pay\":\"12.30\"}";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Audits audits;
  @Autowired private PayoutCatalogTest.Count count;
  @Autowired private PayoutCatalogTest.Other other;
  private PayoutDealer dealer;

  @BeforeEach
  void open() {
    dealer = PayoutDealer.open(merchants, port);
  }

  @AfterAll
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  void answersPlainJsonWithTheRequestsNumber() {
    HttpResponse<byte[]> answer = dealer.send(ECHO, dealer.sign(JSON).form(), "r-1");
    assertThat(PayoutDealer.text(answer))
        .isEqualTo(
            "{\"code\":\"0000\",\"message\":\"操作成功\",\"request_id\":\"r-1\",\"data\":"
                + JSON
                + "}");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("application/json;charset=UTF-8");
    assertThat(PayoutDealer.text(dealer.send(OTHER, dealer.sign(JSON).form(), "r-2")))
        .isEqualTo("{\"code\":\"0000\",\"message\":\"操作成功\",\"request_id\":\"r-2\",\"data\":{}}");
  }

  @Test
  void takesTheVariantsOfRealClients() {
    String path = "/api/probe/v1/echo";
    for (String variant : List.of(path, path + "/", "/" + path, "/" + path + "/")) {
      assertEchoes(dealer.send("GET " + variant, dealer.sign(JSON)));
    }
    String form = dealer.sign(JSON).form();
    String twice =
        "data=" + Form.encode(Form.encode("x")) + "&mess=1&timestamp=1&sign=s&sign_type=sha256";
    assertEchoes(
        dealer.send(
            dealer
                .headed(path + "?" + form, "r")
                .header("Content-Type", PayoutDealer.FORM)
                .method("GET", BodyPublishers.ofString(twice))));
    assertEchoes(
        dealer.send(
            dealer
                .headed(path, "r")
                .header("Content-Type", PayoutDealer.FORM)
                .method("GET", BodyPublishers.ofString(dealer.sign(JSON).form()))));
    String post = COUNT.substring("POST ".length());
    assertOk(
        dealer.send(
            dealer
                .headed(post + "?" + dealer.sign(JSON).form(), "r")
                .POST(BodyPublishers.noBody())));
    assertOk(
        dealer.send(
            dealer
                .headed(post + "?" + twice, "r")
                .header("Content-Type", PayoutDealer.FORM + ";charset=utf-8")
                .POST(BodyPublishers.ofString(dealer.sign(JSON).form()))));
    assertOk(
        dealer.send(
            dealer
                .request(post)
                .header("Dealer-Id", dealer.id())
                .header("REQUEST-ID", "r")
                .header("Content-Type", PayoutDealer.FORM)
                .POST(BodyPublishers.ofString(dealer.sign(JSON).form() + "&ssoid=1&\r\n"))));
    assertOk(
        dealer.send(
            dealer
                .headed(post, "r")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(parts(dealer.sign(JSON))))));
  }

  /** Clients read nothing but the envelope, also where they ask for what there is not. */
  @Test
  void answersInItsOwnWordsWhereThereIsNoInterface() {
    for (String path :
        List.of(
            "/api/payment/v1/order-moon",
            "//authentication/verify-moon",
            "/api/dataservice/v2/bill/downloadurl",
            "/api/sdk/v1/sign/user/status")) {
      assertRefused(dealer.send("GET " + path, dealer.sign(JSON)), "1002", "没有此接口");
      assertRefused(dealer.send("POST " + path, dealer.sign(JSON)), "1002", "没有此接口");
    }
    PayoutMessage bad = resigned(dealer.sign(JSON), "0".repeat(64));
    assertRefused(dealer.send("GET /api/notify/moon", bad), "1003", "");
  }

  @Test
  void refusesWhatIsNotOfTheShape() {
    PayoutMessage good = dealer.sign(JSON);
    for (String name : List.of("data", "mess", "timestamp", "sign")) {
      for (String value : List.of("", "汉 字")) {
        if (!(name.equals("mess") || name.equals("sign")) || value.isEmpty()) {
          assertRefused(dealer.send(COUNT, form(good, Map.of(name, value)), "r"), "1002", name);
        }
      }
      assertRefused(dealer.send(COUNT, good.form() + "&" + name + "=x", "r"), "1002", name);
    }
    assertRefused(dealer.send(COUNT, form(good, Map.of("timestamp", "１２３")), "r"), "1002", "");
    assertRefused(dealer.send(COUNT, form(good, Map.of("data", "a_-=")), "r"), "1002", "data");
    assertRefused(dealer.send("GET /api/probe/v1/count", dealer.sign(JSON)), "1002", "");
    assertRefused(
        dealer.send(
            dealer.headed("/api/probe/v1/count", "r").method("PUT", BodyPublishers.noBody())),
        "1002",
        "");
    assertRefused(dealer.send(COUNT, good.form(), "r s"), "1002", "request-id");
    assertRefused(
        dealer.send(
            dealer.request("/api/probe/v1/echo?" + good.form()).header("request-id", "r").GET()),
        "1002",
        "dealer-id");
    assertRefused(
        dealer.send(
            dealer
                .headed("/api/probe/v1/echo?" + good.form(), "r")
                .header("dealer-id", "another")
                .GET()),
        "1002",
        "dealer-id");
  }

  /** THREATS T-X3: the parameters are taken from one place, all of them and each once. */
  @Test
  void takesTheParametersFromOnePlace() {
    List<String> all = List.of("data", "mess", "timestamp", "sign");
    for (String moved : all) {
      for (boolean get : new boolean[] {true, false}) {
        PayoutMessage message = dealer.sign(JSON);
        String alone = moved + "=" + Form.encode(value(message, moved));
        String others = form(message, Map.of(moved, "")).replaceAll("&?" + moved + "=(?=&|$)", "");
        // one parameter stands where the others do not
        assertRefused(both(get, others, alone), "1002", "");
        assertRefused(both(get, alone, others), "1002", "");
        // it stands twice where all stand
        assertRefused(both(get, message.form() + "&" + alone, ""), "1002", moved);
        assertRefused(both(get, "", alone + "&" + message.form()), "1002", moved);
        // the place that does not count may say what it likes
        PayoutMessage good = dealer.sign(JSON);
        String wrong = moved + "=" + Form.encode("x");
        assertOk(get ? both(true, good.form(), wrong) : both(false, wrong, good.form()));
      }
    }
  }

  private HttpResponse<byte[]> both(boolean get, String query, String body) {
    String path = (get ? ECHO : COUNT).replaceAll("^[A-Z]+ ", "");
    return dealer.send(
        dealer
            .headed(path + (query.isEmpty() ? "" : "?" + query), "r")
            .header("Content-Type", PayoutDealer.FORM)
            .method(get ? "GET" : "POST", BodyPublishers.ofString(body)));
  }

  @Test
  void checksInTheOrderOfTheWire() {
    PayoutDealer stranger = PayoutDealer.open(merchants, port, Map.of(), List.of("10.9.8.0/24"));
    PayoutMessage bad = resigned(dealer.sign(JSON), "0".repeat(64));
    String path = "/api/probe/v1/echo?";
    // nobody knows the dealer, and the code is wrong
    assertRefused(
        dealer.send(
            dealer
                .request(path + bad.form())
                .header("dealer-id", "nobody")
                .header("request-id", "r")
                .GET()),
        "1005",
        "");
    // the wrong network comes before the wrong code
    assertRefused(stranger.send(ECHO, bad), "1005", "来源地址");
    // the wrong code comes before the old time
    PayoutMessage old = dealer.sign(JSON, dealer.now().minus(Duration.ofHours(1)));
    assertRefused(dealer.send(ECHO, resigned(old, "0".repeat(64))), "1003", "");
    assertRefused(
        dealer.send(ECHO, resigned(old, old.sign().toUpperCase(Locale.ROOT))), "1003", "");
    assertRefused(dealer.send(ECHO, old), "1001", "");
    // a code that is right, over something that is not our cipher text
    String data = Bytes.utf8("sixteen bytes or so, thirty-two").base64();
    String mess = "m";
    String time = Long.toString(dealer.now().getEpochSecond());
    PayoutMessage garbled = dealer.signed(data, mess, time);
    assertRefused(dealer.send(ECHO, garbled), "1004", "");
    assertRefused(dealer.call(ECHO, "[1]"), "1002", "data");
    assertRefused(dealer.call(ECHO, "{\"order_id\":\"a\",\"order_id\":\"b\"}"), "1002", "data");
    assertRefused(dealer.call(ECHO, "{}"), "2001", "order_id");
  }

  @Test
  void takesTimesFiveMinutesEitherWayInSecondsAndMillis() {
    for (int edge : new int[] {-1, 1}) {
      assertOk(dealer.send(ECHO, dealer.sign(JSON, dealer.now().plusSeconds(edge * 297L))));
      assertRefused(
          dealer.send(ECHO, dealer.sign(JSON, dealer.now().plusSeconds(edge * 303L))), "1001", "");
    }
    String data = dealer.sign(JSON).data();
    assertEchoes(
        dealer.send(ECHO, dealer.signed(data, "m", Long.toString(dealer.now().toEpochMilli()))));
  }

  @Test
  void believesTheCodeWhateverItsLabelSays() {
    PayoutMessage message = dealer.sign(JSON);
    assertEchoes(dealer.send(ECHO, form(message, Map.of("sign_type", "md5")), "r"));
    assertEchoes(dealer.send(ECHO, form(message, Map.of("sign_type", "")), "r"));
    assertRefused(
        dealer.send(ECHO, form(message, Map.of("sign_type", "md5", "sign", "0".repeat(64))), "r"),
        "1002",
        "sign_type");
  }

  @Test
  void theDealerInTheDataIsTheOneInTheHeader() {
    assertRefused(
        dealer.call(ECHO, "{\"order_id\":\"a\",\"dealer_id\":\"another\"}"), "1002", "dealer_id");
    assertRefused(dealer.call(ECHO, "{\"order_id\":\"a\",\"dealer_id\":7}"), "1002", "dealer_id");
    for (String said : List.of("\"" + dealer.id() + "\"", dealer.id())) {
      assertThat(dealer.call(ECHO, "{\"order_id\":\"a\",\"dealer_id\":%s}".formatted(said)))
          .as(said)
          .matches(PayoutAnswer::isOk);
    }
  }

  @Test
  void aMessageIsGoodAtOneAddressAlone() {
    PayoutMessage counted = dealer.sign(JSON);
    String first = PayoutDealer.text(dealer.send(COUNT, counted.form(), "r-1"));
    int others = other.handled.get();
    assertRefused(dealer.send(OTHER, counted), "1003", "");
    assertRefused(dealer.send(ECHO, counted), "1003", "");
    PayoutMessage looked = dealer.sign(JSON);
    assertEchoes(dealer.send(ECHO, looked));
    assertEchoes(dealer.send(ECHO, looked));
    assertRefused(dealer.send(OTHER, looked), "1003", "");
    assertThat(other.handled).hasValue(others);
    merchants.advance(dealer.merchant(), Duration.ofMinutes(4));
    assertThat(PayoutDealer.text(dealer.send(COUNT_ALIAS, counted.form(), "r-2")))
        .isEqualTo(first.replace("r-1", "r-2"));
    assertRefused(dealer.call(COUNT, "{\"order_id\":\"a\",\"result\":\"1\"}"), "1002", "result");
  }

  @Test
  void sixtyFourCopiesHaveOneEffect() throws Exception {
    PayoutMessage message = dealer.sign(JSON);
    int before = count.handled.get();
    Set<String> data = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PayoutAnswer>> answers =
          IntStream.range(0, 64)
              .mapToObj(i -> threads.submit(() -> PayoutDealer.answer(dealer.send(COUNT, message))))
              .toList();
      for (Future<PayoutAnswer> answer : answers) {
        assertThat(answer.get().isOk()).isTrue();
        data.add(String.valueOf(answer.get().data()));
      }
    }
    assertThat(data).hasSize(1);
    assertThat(count.handled).hasValue(before + 1);
  }

  @Test
  void aDealerWithoutBothKeysIsNone() {
    PayoutKeys keys = PayoutKeys.generate();
    for (String purpose : List.of(PayoutKeyring.DES3, PayoutKeyring.APPKEY)) {
      NewMerchant half =
          new NewMerchant(
              Face.PAYOUT,
              "half-" + purpose,
              "半个平台",
              Map.of(),
              Map.of(purpose, purpose.equals(PayoutKeyring.DES3) ? keys.des3key() : keys.appkey()),
              List.of(),
              Set.of());
      PayoutDealer none = PayoutDealer.known(merchants, port, merchants.create(half), keys);
      assertRefused(none.call(ECHO, JSON), "1005", "3deskey");
    }
  }

  @Test
  void dealersDoNotMeet() {
    PayoutDealer foreign = PayoutDealer.open(merchants, port);
    assertRefused(foreign.send(ECHO, dealer.sign(JSON)), "1003", "");
  }

  @Test
  void keepsItsFaultsToItself() {
    HttpResponse<byte[]> response = dealer.send(FAIL, dealer.sign("{}"));
    assertRefused(response, "3000", "");
    assertThat(PayoutDealer.text(response)).doesNotContain("Exception", "6228480402637874214");
  }

  @Test
  void refusesWhoMayNot() {
    merchants.changeSettings(dealer.merchant(), Map.of("denied", OTHER + " " + COUNT));
    assertRefused(dealer.call(COUNT, JSON), "1005", COUNT);
    assertThat(dealer.call(ECHO, JSON).isOk()).isTrue();
  }

  private static PayoutMessage resigned(PayoutMessage message, String sign) {
    return new PayoutMessage(
        message.data(), message.mess(), message.timestamp(), sign, message.signType());
  }

  private static String form(PayoutMessage message, Map<String, String> instead) {
    return Form.write(
        List.of("data", "mess", "timestamp", "sign", "sign_type").stream()
            .map(name -> new Form.Field(name, instead.getOrDefault(name, value(message, name))))
            .toArray(Form.Field[]::new));
  }

  private static String parts(PayoutMessage message) {
    return Form.read(Bytes.utf8(message.form())).fields().stream()
        .map(field ->
            "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(field.name(), field.value()))
        .collect(Collectors.joining("", "", "--b--\r\n"));
  }

  private static String value(PayoutMessage message, String name) {
    return Form.read(Bytes.utf8(message.form())).required(name);
  }

  private static void assertEchoes(HttpResponse<byte[]> response) {
    assertThat(PayoutDealer.answer(response).data()).isEqualTo(JSON);
  }

  private static void assertOk(HttpResponse<byte[]> response) {
    assertThat(PayoutDealer.answer(response)).matches(PayoutAnswer::isOk);
  }

  private static void assertRefused(HttpResponse<byte[]> response, String code, String words) {
    assertRefused(PayoutDealer.answer(response), code, words);
  }

  private static void assertRefused(PayoutAnswer answer, String code, String words) {
    assertThat(answer.code() + " " + answer.message()).startsWith(code).contains(words);
    assertThat(answer.data()).isNull();
  }
}

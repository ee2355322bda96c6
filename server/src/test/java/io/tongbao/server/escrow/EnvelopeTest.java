package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** The escrow envelope over real HTTP: what is let in, in which spellings, and what is refused. */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import({CatalogTest.Echo.class, CatalogTest.Give.class, CatalogTest.Fail.class})
class EnvelopeTest {
  private static final String ECHO = "ProbeService.echo";
  private static final String PARAM = "{\"text\":\"你 好+&=%\",\"amount\":100}";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Audits audits;
  @Autowired private CatalogTest.Fail fail;
  private EscrowApplication application;

  @BeforeEach
  void open() {
    application = EscrowApplication.open(merchants, keys, port);
  }

  @AfterAll
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  void answersWithASignedText() {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    HttpResponse<byte[]> response = application.post(request.form());

    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(response.headers().firstValue("trace-id")).isPresent();
    var json = JsonMapper.shared().readTree(response.body());
    assertThat(json.get("status").stringValue()).isEqualTo("OK");
    assertThat(json.get("signedValue").isString()).isTrue();
    assertThat(json.has("errorCode")).isFalse();
    assertThat(application.answer(response).signedValue()).isEqualTo(PARAM);
  }

  @Test
  void takesEverySpellingThatClientsUse() {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    String form = request.form();
    String plain = "application/x-www-form-urlencoded";
    assertEchoes(application.get(form));
    assertEchoes(application.get(form.replace("+", "%20")));
    assertEchoes(application.post(form, plain + "; charset=UTF-8"));
    assertEchoes(application.post(form, plain + ";charset=utf-8"));
    assertEchoes(application.post(form.replace("+", "%20"), plain));
    assertEchoes(application.post(form + "&", plain));
    assertEchoes(application.post(form + "&\r\n", plain));
    assertEchoes(application.post("ssoid=&" + form, plain));
    assertEchoes(application.post(form + "&ssoid=17", plain));
    assertEchoes(application.post(shuffled(request), plain));
    assertEchoes(application.post(percentAll(request), plain));
    assertEchoes(application.post(form, "text/plain"));
  }

  @Test
  void takesATimestampWithoutItsBlank() {
    String req = EscrowApplication.req(ECHO, PARAM);
    String blankless = BeijingTime.seconds(application.now()).replace(" ", "");
    EscrowRequest signed =
        new EscrowRequest(
            application.sysid(),
            application.signText(application.sysid() + req + blankless),
            blankless,
            "1.0",
            req);
    assertEchoes(application.post(signed.form()));
  }

  @Test
  void signsWhatItRefuses() {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    String other = application.signText(request.canonical() + " ");
    EscrowAnswer answer = answer(form(request, Map.of("sign", other)));
    assertThat(answer.signedValue()).isEqualTo("error");
    assertRefused(answer, "51003", "sign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "%2B%2B%2B%2B", "not base64!"})
  void refusesSignaturesOfAnyShape(String sign) {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    EscrowAnswer answer = answer(form(request, Map.of("sign", sign)));
    assertThat(answer.isOk()).isFalse();
    assertThat(answer.errorCode()).isIn("51003", "10000");
  }

  @Test
  void verifiesTheTextAsItCame() {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    assertRefused(answer(form(request, Map.of("req", request.req() + " "))), "51003", "sign");
    String blanks = request.req().replace(":", ": ");
    assertRefused(answer(form(request, Map.of("req", blanks))), "51003", "sign");
    for (String spaced : List.of(blanks, " " + blanks + "\n")) {
      EscrowRequest signed = application.signReq(spaced, application.now());
      assertThat(answer(signed.form()).isOk()).isTrue();
    }
  }

  @Test
  void keepsTheTimeWindow() {
    Instant now = application.now();
    Duration window = EscrowRequest.WINDOW;
    for (Duration off : List.of(window.minusSeconds(5), window.minusSeconds(5).negated())) {
      assertThat(answer(application.sign(ECHO, PARAM, now.plus(off)).form()).isOk()).isTrue();
    }
    for (Duration off : List.of(window.plusSeconds(5), window.plusSeconds(5).negated())) {
      EscrowAnswer stale = answer(application.sign(ECHO, PARAM, now.plus(off)).form());
      assertRefused(stale, "10000", "timestamp");
      assertThat(stale.message()).contains("10 分钟");
    }
  }

  /** §3.3 prints the query as it is before encoding, and there are clients that send it so. */
  @Test
  void takesAQueryThatIsNotEncoded() throws IOException {
    EscrowRequest call =
        application.sign(ECHO, "{\"text\":\"a|b\",\"amount\":100}", application.now());
    String query =
        "sysid=%s&sign=%s&timestamp=%s&v=1.0&req=%s"
            .formatted(
                call.sysid(),
                URLEncoder.encode(call.sign(), StandardCharsets.UTF_8),
                call.timestamp().replace(' ', '+'),
                call.req());
    assertThat(query).contains("{\"").doesNotContain(" ");
    URI address = application.address();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      String head = "GET " + address.getPath() + "?" + query + " HTTP/1.0\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"status\":\"OK\"");
    }
  }

  /** A client that changed nothing but its host does not know that a tester moved the clock. */
  @Test
  void keepsTheMerchantsTimeAndTheWorlds() {
    Instant world = application.now();
    merchants.advance(application.merchant(), Duration.ofHours(25));
    assertThat(application.call(ECHO, PARAM).isOk()).isTrue();
    assertThat(answer(application.sign(ECHO, PARAM, world).form()).isOk()).isTrue();
    Duration off = EscrowRequest.WINDOW.plusSeconds(5);
    for (Instant none : List.of(world.minus(off), world.plus(off), application.now().minus(off))) {
      assertRefused(answer(application.sign(ECHO, PARAM, none).form()), "10000", "timestamp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sysid", "sign", "timestamp", "v", "req"})
  void namesTheMissingParameter(String name) {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    assertRefused(answer(form(request, Map.of(name, ""))), "10001", name);
    String without = form(request, Map.of()).replaceFirst("(?:^|&)" + name + "=[^&]*", "");
    assertRefused(answer(without), "10001", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "method", "param"})
  void takesAnEmptyMemberForNone(String name) {
    String members = "\"service\":\"ProbeService\",\"method\":\"echo\",\"param\":{},";
    String others = members.replaceFirst("\"" + name + "\":[^,]*,", "");
    for (String none : List.of("", "\"" + name + "\":null,", "\"" + name + "\":\"\",")) {
      String req = "{" + others + none + "\"more\":1}";
      EscrowAnswer answer = answer(application.signReq(req, application.now()).form());
      assertRefused(answer, "10001", name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sysid", "sign", "timestamp", "v", "req"})
  void refusesAParameterThatComesTwice(String name) {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    String form = form(request, Map.of());
    String again = "&" + name + "=" + encode(field(request, name));
    assertRefused(answer(form + again), "10000", "");
    assertRefused(application.answer(application.get(form + again)), "10000", "");
    URI both = URI.create(application.address() + "?" + again.substring(1));
    assertRefused(
        application.answer(
            application.send(
                HttpRequest.newBuilder(both).POST(HttpRequest.BodyPublishers.ofString(form)))),
        "10000",
        "");
  }

  @Test
  void refusesWrongControlFields() {
    EscrowRequest request = application.sign(ECHO, PARAM, application.now());
    assertRefused(answer(form(request, Map.of("v", "2.0"))), "10000", "v");
    assertRefused(
        answer(form(request, Map.of("timestamp", "2026-02-30 00:00:00"))), "10000", "timestamp");
    assertRefused(answer(form(request, Map.of("sysid", "12345"))), "10000", "sysid");
    assertRefused(answer(form(request, Map.of("sysid", "１２３４５６７８"))), "10000", "sysid");
    assertRefused(answer(form(request, Map.of("sysid", "199999999999"))), "20000", "sysid");
  }

  @Test
  void refusesWhatIsNoForm() {
    assertRefused(answer("req=%zz"), "10000", "");
    assertRefused(answer("req=%c3%28"), "10000", "");
    assertRefused(answer("{\"sysid\":1}"), "10001", "sysid");
    assertRefused(answer(""), "10001", "sysid");
    assertRefused(answer("a=1&".repeat(101)), "10000", "");
  }

  @Test
  void refusesABodyThatIsTooLong() {
    String padding = "&x=" + "a".repeat(2 * 1024 * 1024);
    String form = application.sign(ECHO, PARAM, application.now()).form();
    assertRefused(answer(form + padding), "10000", "");
    String long256 = "&x=" + "a".repeat(300 * 1024);
    assertThat(answer(form + long256).isOk()).isTrue();
    assertThat(inChunks(form + long256).isOk()).isTrue();
    assertRefused(inChunks(form + padding), "10000", "");
  }

  /** The answer to a form whose length nobody says beforehand. */
  private EscrowAnswer inChunks(String form) {
    HttpRequest.BodyPublisher whole = HttpRequest.BodyPublishers.ofString(form);
    HttpRequest.Builder unsaid =
        HttpRequest.newBuilder(application.address())
            .POST(HttpRequest.BodyPublishers.fromPublisher(whole));
    return application.answer(application.send(unsaid));
  }

  @Test
  void refusesOtherMethods() {
    HttpRequest.Builder put =
        HttpRequest.newBuilder(application.address())
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    application.sign(ECHO, PARAM, application.now()).form()));
    assertRefused(application.answer(application.send(put)), "10000", "PUT");
  }

  @Test
  void servesOnlyTheMerchantsNetworks() {
    EscrowApplication elsewhere =
        EscrowApplication.open(merchants, keys, port, List.of("10.0.0.0/8", "2001:db8::/32"));
    assertRefused(elsewhere.call(ECHO, PARAM), "20003", "");
    EscrowApplication here =
        EscrowApplication.open(merchants, keys, port, List.of("127.0.0.0/8", "::1"));
    assertThat(here.call(ECHO, PARAM).isOk()).isTrue();
    HttpRequest.Builder forged =
        HttpRequest.newBuilder(elsewhere.address())
            .header("X-Forwarded-For", "10.1.2.3")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    elsewhere.sign(ECHO, PARAM, elsewhere.now()).form()));
    assertRefused(elsewhere.answer(elsewhere.send(forged)), "20003", "");
  }

  @Test
  void knowsAMerchantByHisOwnKeyOnly() {
    EscrowApplication other = EscrowApplication.open(merchants, keys, port);
    EscrowRequest mine = application.sign(ECHO, PARAM, application.now());
    assertRefused(answer(form(mine, Map.of("sysid", other.sysid()))), "51003", "sign");
  }

  @Test
  void refusesWhatHeMayNotUse() {
    assertRefused(application.call("ProbeService.nothing", PARAM), "10000", "ProbeService.nothing");
    merchants.changeSettings(application.merchant(), Map.of("denied", "X.y " + ECHO));
    assertRefused(application.call(ECHO, PARAM), "20003", ECHO);
  }

  @Test
  void keepsItsFaultsToItself() {
    EscrowRequest request = application.sign("ProbeService.fail", "{}", application.now());
    HttpResponse<byte[]> response = application.post(request.form());
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .doesNotContain("Exception", "6228480402637874214", "fault", "io.tongbao");
    assertRefused(application.answer(response), "9100", "");
    int before = fail.handled.get();
    assertRefused(answer(request.form()), "9100", "");
    assertThat(fail.handled.get()).isEqualTo(before + 1);
  }

  private void assertEchoes(HttpResponse<byte[]> response) {
    EscrowAnswer answer = application.answer(response);
    assertThat(answer.signedValue()).isEqualTo(PARAM);
  }

  private static void assertRefused(EscrowAnswer answer, String code, String subject) {
    assertThat(answer.isOk()).isFalse();
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.message()).contains(subject);
  }

  private EscrowAnswer answer(String form) {
    return application.answer(application.post(form));
  }

  private static String field(EscrowRequest request, String name) {
    return switch (name) {
      case "sysid" -> request.sysid();
      case "sign" -> request.sign();
      case "timestamp" -> request.timestamp();
      case "v" -> request.v();
      case "req" -> request.req();
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private static String form(EscrowRequest request, Map<String, String> instead) {
    StringBuilder form = new StringBuilder();
    for (String name : List.of("sysid", "sign", "timestamp", "v", "req")) {
      String value =
          instead.containsKey(name) ? String.valueOf(instead.get(name)) : field(request, name);
      form.append(form.isEmpty() ? "" : "&").append(name).append('=').append(encode(value));
    }
    return form.toString();
  }

  private static String shuffled(EscrowRequest request) {
    return "req=%s&v=%s&timestamp=%s&sysid=%s&sign=%s"
        .formatted(
            encode(request.req()),
            encode(request.v()),
            encode(request.timestamp()),
            encode(request.sysid()),
            encode(request.sign()));
  }

  private static String percentAll(EscrowRequest request) {
    StringBuilder req = new StringBuilder();
    for (byte b : request.req().getBytes(StandardCharsets.UTF_8)) {
      req.append("%%%02x".formatted(b & 0xff));
    }
    return form(request, Map.of("req", "")) + req;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

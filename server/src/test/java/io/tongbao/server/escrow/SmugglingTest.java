package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchants;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * One control parameter in two places, or in a place where another reader would find it (THREATS
 * T-X3): whatever a proxy before us and we could read differently is refused, and what only we do
 * not read has no effect.
 */
@TestServer
@Import({CatalogTest.Echo.class, CatalogTest.Give.class, CatalogTest.Fail.class})
class SmugglingTest {
  private static final String ECHO = "ProbeService.echo";
  private static final String MINE = "{\"text\":\"mine\",\"amount\":100}";
  private static final String THEIRS = "{\"text\":\"theirs\",\"amount\":999}";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;

  @Test
  void whatStandsInTwoPlacesIsRefused() {
    EscrowApplication application = EscrowApplication.open(merchants, keys, port);
    Map<String, String> good = fields(application.sign(ECHO, MINE, application.now()));
    Map<String, String> other = fields(application.sign(ECHO, THEIRS, application.now()));
    Map<String, EscrowAnswer> answers = new TreeMap<>();
    for (String name : List.of("sysid", "sign", "timestamp", "v", "req")) {
      String again = name + "=" + encode(value(other, name));
      String form = form(good);
      answers.put(name + " twice in the query", get(application, form + "&" + again));
      answers.put(name + " first in the query", get(application, again + "&" + form));
      answers.put(name + " twice in the body", post(application, "", form + "&" + again));
      answers.put(name + " in both", post(application, again, form));
      answers.put(name + " in both, empty", post(application, name + "=", form));
      answers.put(name + " escaped", post(application, "", form + "&" + escaped(name, again)));
    }
    answers.put("all in both", post(application, form(other), form(good)));
    answers.put("the same in both", post(application, form(good), form(good)));
    assertThat(answers).hasSize(32);
    answers.forEach((where, answer) -> {
      assertThat(answer.isOk()).as(where).isFalse();
      assertThat(answer.errorCode()).as(where).isEqualTo("10000");
    });
  }

  @Test
  void whatIsNotOursHasNoEffect() {
    EscrowApplication application = EscrowApplication.open(merchants, keys, port);
    EscrowRequest request = application.sign(ECHO, MINE, application.now());
    Map<String, String> other = fields(application.sign(ECHO, THEIRS, application.now()));
    for (String stranger :
        List.of(
            "REQ", "Req", "req[]", "req[0]", "req.", ".req", "%20req", "req%00", "param", "_")) {
      String form = form(fields(request)) + "&" + stranger + "=" + encode(value(other, "req"));
      EscrowAnswer answer = post(application, "", form);
      assertThat(!answer.isOk() || answer.signedValue().equals(MINE)).as(stranger).isTrue();
    }
    for (String header : List.of("req", "sysid", "sign", "X-Req", "X-HTTP-Method-Override")) {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(application.address())
              .header(header, header.equals("sysid") ? "1" : "DELETE")
              .header("Cookie", "req=" + encode(value(other, "req")))
              .POST(HttpRequest.BodyPublishers.ofString(form(fields(request))));
      assertThat(application.answer(application.send(post)).signedValue()).isEqualTo(MINE);
    }
  }

  @Test
  void otherWrappingsAreNotOpened() {
    EscrowApplication application = EscrowApplication.open(merchants, keys, port);
    EscrowRequest request = application.sign(ECHO, MINE, application.now());
    String form = form(fields(request));
    for (String wrapped :
        List.of(
            form.replace("&", ";"),
            form.replace("&", "&amp;"),
            form.replace("=", ":"),
            "--x\r\nContent-Disposition: form-data; name=\"req\"\r\n\r\n{}\r\n--x--\r\n",
            "{\"sysid\":\"" + request.sysid() + "\"}",
            "<req/>",
            encode(form))) {
      assertThat(post(application, "", wrapped).isOk()).as(wrapped).isFalse();
    }
    HttpRequest.Builder head =
        HttpRequest.newBuilder(URI.create(application.address() + "?" + form))
            .method("HEAD", HttpRequest.BodyPublishers.noBody());
    assertThat(application.send(head).body()).isEmpty();
  }

  /** What is no HTTP is the caller's fault, not ours. */
  @Test
  void brokenBodiesAreNoFaultOfOurs() throws IOException {
    for (String body :
        List.of(
            "ZZ\r\nabc\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
            "3;" + "x".repeat(100_000) + "\r\nabc\r\n0\r\n\r\n",
            "3\r\nabc\r\n0\r\n" + "X: y\r\n".repeat(5_000) + "\r\n")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String head =
            "POST /service/soa HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
        assertThat(new String(answer, StandardCharsets.US_ASCII))
            .isIn("HTTP/1.1 200", "HTTP/1.1 400");
      }
    }
  }

  /** A query is a message like a body: read up to 40 KB, then refused in the envelope. */
  @Test
  void longQueriesAreAnswered() {
    EscrowApplication application = EscrowApplication.open(merchants, keys, port);
    EscrowAnswer read = get(application, longOne(application, 30_000));
    assertThat(read.isOk()).as(read.toString()).isTrue();
    EscrowAnswer refused = get(application, longOne(application, 45_000));
    assertThat(refused.errorCode()).isEqualTo("10000");
    assertThat(refused.message()).isEqualTo("报文超过长度限制");
    HttpResponse<byte[]> unread = application.get(longOne(application, 70_000));
    assertThat(unread.statusCode()).isEqualTo(400);
    assertThat(new String(unread.body(), StandardCharsets.UTF_8))
        .startsWith("{\"status\":\"error\",\"errorCode\":\"10000\",\"code\":\"1002\",");
    assertThat(unread.headers().firstValue("Content-Type"))
        .contains("application/json;charset=UTF-8");
    HttpRequest.Builder heads =
        HttpRequest.newBuilder(URI.create(application.address() + "?" + longOne(application, 100)))
            .header("X-Long", "x".repeat(17 * 1024));
    assertThat(application.answer(application.send(heads)).message()).isEqualTo("报文超过长度限制");
  }

  private static String longOne(EscrowApplication application, int length) {
    String text = "{\"text\":\"" + "x".repeat(length) + "\",\"amount\":100}";
    return form(fields(application.sign(ECHO, text, application.now())));
  }

  private static EscrowAnswer get(EscrowApplication application, String query) {
    return application.answer(application.get(query));
  }

  private static EscrowAnswer post(EscrowApplication application, String query, String body) {
    URI address = URI.create(application.address() + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder post =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return application.answer(application.send(post));
  }

  private static Map<String, String> fields(EscrowRequest request) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sysid", request.sysid());
    fields.put("sign", request.sign());
    fields.put("timestamp", request.timestamp());
    fields.put("v", request.v());
    fields.put("req", request.req());
    return fields;
  }

  private static String form(Map<String, String> fields) {
    StringBuilder form = new StringBuilder();
    fields.forEach((name, value) ->
        form.append(form.isEmpty() ? "" : "&").append(name).append('=').append(encode(value)));
    return form.toString();
  }

  /** The same parameter with the first letter of its name as %xx. */
  private static String escaped(String name, String parameter) {
    return "%%%02X".formatted((int) name.charAt(0)) + parameter.substring(1);
  }

  private static String value(Map<String, String> fields, String name) {
    return String.valueOf(fields.get(name));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

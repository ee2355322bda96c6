package io.tongbao.client.payout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tongbao.kernel.Bytes;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A platform that answers what a test tells it to, and keeps what it was asked. */
final class Platform implements AutoCloseable {
  private final HttpServer server;
  private final Deque<byte[]> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();

  /** What came. */
  record Asked(
      String method,
      String path,
      String query,
      @Nullable String contentType,
      Bytes body,
      @Nullable String dealer,
      @Nullable String requestId) {

    PayoutMessage message() {
      return method.equals("GET")
          ? PayoutMessage.readGet(Bytes.utf8(query), body)
          : PayoutMessage.readPost(Bytes.EMPTY, contentType, body);
    }

    String data(PayoutKeys keys) {
      return message().authenticate(keys).open().reveal();
    }
  }

  Platform() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** The next answer: its code, words and, as JSON text, its data. */
  void answers(String code, String words, @Nullable String data) {
    String rest = data == null ? "" : ",\"data\":" + data;
    answers(
        "{\"code\":\"%s\",\"message\":\"%s\",\"request_id\":\"1\"%s}".formatted(code, words, rest));
  }

  void answers(String body) {
    answers(Bytes.utf8(body).toArray());
  }

  synchronized void answers(byte[] body) {
    answers.add(body);
  }

  /** Breaks the line instead of answering. */
  void breaksOff() {
    answers(new byte[0]);
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked last() {
    return asked().getLast();
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = exchange.getRequestHeaders();
    String query = exchange.getRequestURI().getRawQuery();
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query == null ? "" : query,
            one(headers, "Content-Type"),
            Bytes.of(exchange.getRequestBody().readAllBytes()),
            one(headers, "Dealer-id"),
            one(headers, "Request-id")));
    byte[] answer = answers.remove();
    if (answer.length == 0) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static @Nullable String one(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

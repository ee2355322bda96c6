package io.tongbao.server.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A merchant's receiver that does what the test's script says. */
final class Receiver implements AutoCloseable {
  final List<Got> got = new CopyOnWriteArrayList<>();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  volatile Function<Got, Reply> script = _ -> new Reply(200, "", Map.of());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  record Got(String path, Map<String, String> headers, String body) {}

  /**
   * An answer.
   *
   * @param missing how many bytes its head promises that never come
   */
  record Reply(int status, String body, Map<String, String> headers, int missing) {
    Reply(int status, String body, Map<String, String> headers) {
      this(status, body, headers, 0);
    }
  }

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  List<String> bodies() {
    return new ArrayList<>(got.stream().map(Got::body).toList());
  }

  /** Answers with this status. */
  void answer(int status) {
    script = _ -> new Reply(status, "", Map.of());
  }

  /** Answers only when the latch opens. */
  void holdUntil(CountDownLatch latch) {
    script =
        _ -> {
          try {
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Reply(200, "", Map.of());
        };
  }

  private void handle(HttpExchange exchange) throws IOException {
    int now = atOnce.incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      Got request = new Got(exchange.getRequestURI().toString(), headers, body);
      got.add(request);
      Reply reply = script.apply(request);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
      int length = answer.length + reply.missing();
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer);
      exchange.getResponseBody().flush();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package io.tongbao.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tongbao.kernel.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A merchant's own web server that takes notices: answers 200 to everything that it could read. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Consumer<Bytes> reader;

  private Receiver(HttpServer server, Consumer<Bytes> reader) {
    this.server = server;
    this.reader = reader;
  }

  /**
   * Starts on a free port.
   *
   * @param reader gets each body; where it throws, the answer is 500 and the notice comes again
   */
  public static Receiver start(Consumer<Bytes> reader) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Receiver receiver = new Receiver(server, reader);
      server.setExecutor(receiver.threads);
      server.createContext("/", receiver::take);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where notices go. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/notices";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      try {
        reader.accept(Bytes.of(exchange.getRequestBody().readAllBytes()));
      } catch (RuntimeException unreadable) {
        status = 500;
      }
      byte[] body = Bytes.utf8("success").toArray();
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}

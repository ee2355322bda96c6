package io.tongbao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that are open and take long: silent ones, or ones that say a byte a second. */
final class Crowd implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int BETWEEN_MILLIS = 1_000;

  /** In the middle of a header, of a body, and right at the start. */
  private static final List<String> BEGINNINGS =
      List.of(
          "POST /service/soa HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
          "POST /service/soa HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\nsysid=",
          "POS");

  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger gone = new AtomicInteger();
  private volatile boolean leaving;

  private Crowd() {}

  static Crowd silent(URI platform, int size) {
    Crowd crowd = new Crowd();
    try {
      for (int i = 0; i < size; i++) {
        Socket socket = new Socket();
        socket.connect(
            new InetSocketAddress(platform.getHost(), platform.getPort()), CONNECT_MILLIS);
        crowd.sockets.add(socket);
      }
      return crowd;
    } catch (IOException e) {
      crowd.close();
      throw new UncheckedIOException(e);
    }
  }

  static Crowd slow(URI platform, int size) {
    Crowd crowd = silent(platform, size);
    for (int i = 0; i < size; i++) {
      Socket socket = crowd.sockets.get(i);
      String beginning = BEGINNINGS.get(i % BEGINNINGS.size());
      Thread.ofVirtual().start(() -> crowd.speak(socket, beginning));
    }
    return crowd;
  }

  private void speak(Socket socket, String beginning) {
    try {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (!leaving) {
        Thread.sleep(BETWEEN_MILLIS);
        socket.getOutputStream().write('x');
      }
    } catch (IOException hungUp) {
      gone.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many the platform has hung up on. */
  int gone() {
    return gone.get();
  }

  @Override
  public void close() {
    leaving = true;
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.tongbao.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongbao.server.notice.CheckedNames.Names;
import io.tongbao.server.notice.Receipt.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters go to checked addresses only, and nobody holds the postman up. */
class PostmanTest {
  private static final Letter LETTER = Letter.form("a=1");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("8.8.8.8");

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void carriesALetter() throws IOException {
    receiver.script = _ -> new Receiver.Reply(200, "success", Map.of());
    Receipt receipt = send(true, InetAddress::getAllByName, receiver.url("/back?x=1"));
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.answer()).isEqualTo("success");
    assertThat(receipt.failure()).isNull();
    assertThat(receipt.address()).contains("127.0.0.1");
    assertThat(receiver.got.getFirst().path()).isEqualTo("/back?x=1");
    assertThat(receiver.got.getFirst().body()).isEqualTo("a=1");
  }

  @Test
  void neverDialsThisMachineUnlessAllowed() throws IOException {
    for (String host : new String[] {"127.0.0.1", "[::1]", "localhost"}) {
      String url = "http://" + host + ":" + receiver.port() + "/";
      assertThat(send(false, InetAddress::getAllByName, url).failure())
          .isEqualTo(Failure.ADDRESS_REFUSED);
    }
    assertThat(receiver.got).isEmpty();
  }

  @Test
  void aNameThatLeadsInsideIsNotDialled() throws IOException {
    String url = "http://127.0.0.1.nip.io:" + receiver.port() + "/";
    Receipt receipt = send(false, _ -> new InetAddress[] {LOOPBACK}, url);
    assertThat(receipt.failure()).isEqualTo(Failure.ADDRESS_REFUSED);
    assertThat(receiver.got).isEmpty();
  }

  @Test
  void oneInnerAddressAmongPublicOnesIsEnough() throws IOException {
    String url = "http://pay.example.com:" + receiver.port() + "/";
    Receipt receipt = send(false, _ -> new InetAddress[] {OUTSIDE, LOOPBACK}, url);
    assertThat(receipt.failure()).isEqualTo(Failure.ADDRESS_REFUSED);
    assertThat(receiver.got).isEmpty();
  }

  @Test
  void aRebindingNameIsLookedAtEachTime() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    InetAddress[] inside = {LOOPBACK};
    InetAddress[] private4 = {InetAddress.ofLiteral("192.168.1.1")};
    Names rebinding = _ -> asked.getAndIncrement() == 0 ? inside : private4;
    String url = "http://pay.example.com:" + receiver.port() + "/";
    receiver.script = _ -> new Receiver.Reply(200, "", Map.of("Connection", "close"));
    try (Postman postman = new Postman(rebinding, true, Postman.WHOLE)) {
      assertThat(postman.send(url, LETTER).status()).isEqualTo(200);
      assertThat(asked.get()).as("what was checked is what was dialled").isEqualTo(1);
      assertThat(postman.send(url, LETTER).failure()).isEqualTo(Failure.ADDRESS_REFUSED);
    }
    assertThat(receiver.got).hasSize(1);
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (Receiver canary = new Receiver()) {
      receiver.script =
          _ -> new Receiver.Reply(302, "", Map.of("Location", canary.url("/latest/meta-data/")));
      Receipt receipt = send(true, InetAddress::getAllByName, receiver.url("/"));
      assertThat(receipt.status()).isEqualTo(302);
      assertThat(canary.got).isEmpty();
    }
  }

  @Test
  void keepsNoCookies() throws IOException {
    receiver.script = _ -> new Receiver.Reply(200, "", Map.of("Set-Cookie", "a=b"));
    try (Postman postman = new Postman(InetAddress::getAllByName, true, Postman.WHOLE)) {
      postman.send(receiver.url("/"), LETTER);
      postman.send(receiver.url("/"), LETTER);
    }
    assertThat(receiver.got.get(1).headers()).doesNotContainKey("Cookie");
  }

  @Test
  void readsOnlySoMuch() throws IOException {
    receiver.script = _ -> new Receiver.Reply(200, "x".repeat(1_000_000), Map.of());
    Receipt receipt = send(true, InetAddress::getAllByName, receiver.url("/"));
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.answer()).hasSize(64 * 1024);
  }

  /** A receiver that says a header without an end, as fast as it can. */
  @Test
  void readsNoEndlessHeaders() throws IOException {
    for (String header : List.of("x", "X-A: b\r\n")) {
      try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
        AtomicLong said = new AtomicLong();
        Thread.ofVirtual().start(() -> pour(socket, header.repeat(1_000), said));
        String url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
        Receipt receipt = send(true, InetAddress::getAllByName, url);
        assertThat(receipt.failure()).isEqualTo(Failure.BROKEN);
        assertThat(said).as("bytes taken").hasValueLessThan(16_000_000);
      }
    }
  }

  /** Several merchants' receivers may stand behind one host: a slow one must not delay another. */
  @Test
  void manyLettersGoToOneHostAtATime() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    receiver.holdUntil(hold);
    try (Postman postman = new Postman(InetAddress::getAllByName, true, NoticeBench.LONG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> postman.send(receiver.url("/"), LETTER));
      }
      await()
          .atMost(NoticeBench.LONG)
          .untilAsserted(() -> assertThat(receiver.atOnce).hasValue(20));
      hold.countDown();
    }
  }

  @Test
  void theHeadIsHeardWhereTheRestIsCutOff() throws IOException {
    receiver.script = _ -> new Receiver.Reply(200, "success", Map.of(), 1);
    Receipt receipt = send(true, InetAddress::getAllByName, receiver.url("/"));
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.answer()).isEmpty();
    assertThat(receipt.failure()).isEqualTo(Failure.BROKEN);
  }

  @Test
  void givesUpOnSilence() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    receiver.holdUntil(never);
    assertThat(hastily(receiver.url("/")).failure()).isEqualTo(Failure.TIMEOUT);
    never.countDown();
  }

  @Test
  void givesUpOnTrickling() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      CountDownLatch done = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> speak(socket, done));
      String url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
      assertThat(hastily(url).failure()).isEqualTo(Failure.TIMEOUT);
      done.countDown();
    }
  }

  @Test
  void saysWhatStoodInTheWay() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      closed = socket.getLocalPort();
    }
    Names nobody =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(send(true, nobody, "http://pay.example.com/").failure()).isEqualTo(Failure.DNS);
    assertThat(send(true, InetAddress::getAllByName, "http://127.0.0.1:" + closed + "/").failure())
        .isEqualTo(Failure.CONNECT);
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      Thread.ofVirtual().start(() -> speak(socket, new CountDownLatch(0)));
      String tls = "https://127.0.0.1:" + socket.getLocalPort() + "/";
      assertThat(send(true, InetAddress::getAllByName, tls).failure()).isEqualTo(Failure.TLS);
    }
    assertThat(send(true, InetAddress::getAllByName, "http://127.1/").failure())
        .isEqualTo(Failure.URL_REFUSED);
  }

  /** Says something like HTTP, and goes on and on until it is done. */
  private static void speak(ServerSocket socket, CountDownLatch done) {
    try (Socket connection = socket.accept()) {
      OutputStream out = connection.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      while (!done.await(100, TimeUnit.MILLISECONDS)) {
        out.write("X-Y: z\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      return; // hung up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says this over and over, until nobody listens. */
  private static void pour(ServerSocket socket, String header, AtomicLong said) {
    try (Socket connection = socket.accept()) {
      OutputStream out = connection.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = header.getBytes(StandardCharsets.US_ASCII);
      while (said.addAndGet(bytes.length) < 64_000_000) {
        out.write(bytes);
      }
    } catch (IOException hungUp) {
      return;
    }
  }

  private static Receipt send(boolean loopback, Names names, String url) throws IOException {
    try (Postman postman = new Postman(names, loopback, NoticeBench.LONG)) {
      return postman.send(url, LETTER);
    }
  }

  private static Receipt hastily(String url) throws IOException {
    try (Postman postman = new Postman(InetAddress::getAllByName, true, Duration.ofSeconds(1))) {
      return postman.send(url, LETTER);
    }
  }
}

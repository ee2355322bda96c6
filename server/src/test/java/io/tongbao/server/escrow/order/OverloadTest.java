package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** More than there is room for: told at once, and afterwards all is as before (THREATS T-X18). */
@TestServer
@Import(OverloadTest.Hold.class)
class OverloadTest {
  private static final int PER_MERCHANT = 64;
  private static final int ALL = 512;
  private static final String BUSY = "9000";
  private static final String HOLD = "ProbeService.hold";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Hold hold;

  record Nothing() {}

  /** Stays until it is let go. */
  @Endpoint(value = HOLD, reads = true)
  static final class Hold implements EscrowOperation<Nothing, Nothing> {
    final AtomicInteger inside = new AtomicInteger();
    final Semaphore gate = new Semaphore(0);

    @Override
    public Nothing handle(Caller caller, Nothing request) {
      inside.incrementAndGet();
      gate.acquireUninterruptibly();
      inside.decrementAndGet();
      return request;
    }
  }

  @Test
  void nobodyQueuesForASeat() throws Exception {
    List<EscrowApplication> applications = new ArrayList<>();
    for (int i = 0; i < ALL / PER_MERCHANT + 1; i++) {
      applications.add(EscrowApplication.open(merchants, keys, port));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<EscrowAnswer>> held = new ArrayList<>(hold(threads, applications.getFirst()));
      awaitInside(PER_MERCHANT);
      assertThat(refusal(applications.getFirst())).isEqualTo(BUSY);
      for (EscrowApplication other : applications.subList(1, ALL / PER_MERCHANT)) {
        held.addAll(hold(threads, other));
      }
      awaitInside(ALL);
      // All seats are taken and nobody has left: whoever is answered was not queued.
      assertThat(refusal(applications.getLast())).isEqualTo(BUSY);
      assertThat(refusal(applications.getFirst())).isEqualTo(BUSY);
      assertThat(held).noneMatch(Future::isDone);
      hold.gate.release(ALL);
      for (Future<EscrowAnswer> each : held) {
        assertThat(each.get().isOk()).isTrue();
      }
    }
    hold.gate.release(applications.size());
    for (EscrowApplication application : applications) {
      assertThat(application.call(HOLD, "{}").isOk()).isTrue();
    }
  }

  @Test
  void idleAndSlowConnectionsKeepNobodyOut() throws Exception {
    EscrowApplication application = EscrowApplication.open(merchants, keys, port);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 1_900; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      // Half a header each, and half a body each: more of them than there are seats for a merchant.
      for (int i = 0; i < 300; i += 3) {
        say(sockets.get(i), "POST /service/soa HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        say(
            sockets.get(i + 1),
            "POST /service/soa HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\nsysid=");
        say(sockets.get(i + 2), "P");
      }
      // More half-sent forms for pages than pages have seats.
      for (int i = 300; i < 320; i += 2) {
        say(sockets.get(i), slow("/pwd/payOrder.html"));
        say(sockets.get(i + 1), slow("/yungateway/frontTrans.do"));
      }
      assertThat(page(application, "/pwd/payOrder.html")).contains("10001");
      assertThat(page(application, "/yungateway/frontTrans.do")).contains("10001");
      hold.gate.release(20);
      for (int i = 0; i < 20; i++) {
        assertThat(application.call(HOLD, "{}").isOk()).isTrue();
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    hold.gate.release();
    assertThat(application.call(HOLD, "{}").isOk()).isTrue();
  }

  /** Ten times as many callers as one merchant has seats, who all want the same member's money. */
  @Test
  void underTenTimesTheLoadEveryAnswerIsTrueAndAfterwardsAllAreServed() throws Exception {
    Market market = new Market(context, port);
    Member member = market.member("payer", 1_000_000);
    List<Callable<EscrowAnswer>> callers = new ArrayList<>();
    for (int caller = 0; caller < 10 * PER_MERCHANT; caller++) {
      callers.add(() -> freeze(market));
    }
    List<EscrowAnswer> answers = together(callers);
    long frozen = answers.stream().filter(EscrowAnswer::isOk).count();
    assertThat(answers.stream().filter(answer -> !answer.isOk()).map(EscrowAnswer::errorCode))
        .isNotEmpty()
        .containsOnly(BUSY);
    assertThat(frozen).isPositive();
    assertThat(market.frozen(member)).isEqualTo(frozen);
    for (int i = 0; i < 20; i++) {
      assertThat(freeze(market).isOk()).isTrue();
    }
    assertThat(market.frozen(member)).isEqualTo(frozen + 20);
    market.audit();
  }

  private static EscrowAnswer freeze(Market market) {
    return market.call(
        "freezeMoney",
        fields(
            "bizUserId",
            "payer",
            "bizFreezenNo",
            Market.number("freeze"),
            "accountSetNo",
            EscrowApplication.ACCOUNT_SET,
            "amount",
            1));
  }

  private List<Future<EscrowAnswer>> hold(ExecutorService threads, EscrowApplication application) {
    List<Future<EscrowAnswer>> held = new ArrayList<>();
    for (int i = 0; i < PER_MERCHANT; i++) {
      held.add(threads.submit(() -> application.call(HOLD, "{}")));
    }
    return held;
  }

  private void awaitInside(int callers) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(hold.inside).hasValue(callers));
  }

  private static String refusal(EscrowApplication application) {
    return String.valueOf(application.call(HOLD, "{}").errorCode());
  }

  private static String slow(String path) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\nsysid=";
  }

  /** What a page says to a call without parameters, while the slow ones are still heard (20 s). */
  private static String page(EscrowApplication application, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(application.address().resolve(path)).timeout(Duration.ofSeconds(15));
    return new String(application.send(request).body(), StandardCharsets.UTF_8);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static List<EscrowAnswer> together(List<Callable<EscrowAnswer>> callers)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<EscrowAnswer> answers = new ArrayList<>();
      for (Future<EscrowAnswer> each : threads.invokeAll(callers)) {
        answers.add(each.get());
      }
      return answers;
    }
  }
}

package io.tongbao.server.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Production's texts and mails are rows first: no crash and no weak gateway loses one. */
@TestServer
@Import(MemberBench.class)
class OutboxTest {
  private static final Pattern CODE = Pattern.compile("验证码 ([0-9]{6})");

  @Autowired private MemberBench bench;
  @Autowired private Merchants merchants;
  @Autowired private JdbcClient jdbc;
  @Autowired private Decisions decisions;
  @Autowired private Vault vault;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile int status = 200;
  private HttpServer server;
  private Outbox outbox;
  private Codes codes;
  private Merchant merchant;
  private Instant now;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::hear);
    server.start();
    outbox = node();
    codes = new Codes(jdbc, decisions, vault, new GatewayTexter(outbox));
    merchant = bench.merchant(Map.of());
    now = merchants.now(merchant);
  }

  @AfterEach
  void close() throws InterruptedException {
    outbox.destroy();
    server.stop(0);
    assertThat(bench.audit()).isEmpty();
  }

  @Test
  void sendsAtOnceAndKeepsNothing() {
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    assertThat(new GatewayTexter(outbox).draw(Purpose.PAY_BY_VERIFY_PAY)).matches("[0-9]{6}");
    assertThat(sent(member, phone, now)).isEqualTo("done");
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).contains(phone.reveal(), "【测试商户】", "绑定手机", "5 分钟");
    assertThat(waiting()).isZero();
    assertThat(used(member, phone, now)).isEqualTo("done");
  }

  @Test
  void sendsWhatACrashLeft() {
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Codes.Draft draft = codes.draft(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    decisions.carryOut(Change.at(now).writeAll(draft.writes()).build(), Map.of());
    assertThat(stored()).isNotEmpty().doesNotContain(phone.reveal()).doesNotContain("验证码");

    assertThat(outbox.run(merchant, now)).as("its writer is at it").isZero();
    Instant later = now.plus(Outbox.LEASE);
    assertThat(outbox.run(merchant, later)).isEqualTo(1);
    awaitNothing();
    assertThat(heard).hasSize(1);
    assertThat(used(member, phone, later)).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 503})
  void triesAgainWhatFailsForTheMoment(int answer) {
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    status = answer;
    assertThat(sent(member, phone, now)).isEqualTo("done");
    assertThat(waiting()).isEqualTo(1);
    assertThat(outbox.run(merchant, now.plusSeconds(1))).as("not yet").isZero();
    status = 200;
    assertThat(outbox.run(merchant, now.plus(Outbox.LEASE))).isEqualTo(1);
    awaitNothing();
    assertThat(heard).hasSize(2);
    assertThat(used(member, phone, now.plus(Outbox.LEASE))).isEqualTo("done");
  }

  /** Who asked hears it, and may ask again at once. */
  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 422})
  void refusesWhatTheGatewayWillNeverTake(int answer) {
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    status = answer;
    assertThat(sent(member, phone, now)).isEqualTo("BUSY");
    assertThat(waiting()).isZero();
    status = 200;
    assertThat(sent(member, phone, now)).isEqualTo("done");
  }

  @Test
  void refusesWhereTheGatewayHasBeenDownForAMinute() {
    status = 503;
    assertThat(sent(bench.person(merchant), MemberBench.phone(), now)).isEqualTo("done");
    Instant later = now.plus(Outbox.BRIEF);
    assertThat(sent(bench.person(merchant), MemberBench.phone(), later)).isEqualTo("done");
    assertThat(waiting()).isEqualTo(2);
    later = later.plusSeconds(1);
    assertThat(sent(bench.person(merchant), MemberBench.phone(), later)).isEqualTo("BUSY");
    assertThat(waiting()).isEqualTo(2);
    status = 200;
    assertThat(sent(bench.person(merchant), MemberBench.phone(), later)).isEqualTo("done");
    status = 503;
    assertThat(sent(bench.person(merchant), MemberBench.phone(), later)).isEqualTo("done");
  }

  @Test
  void dropsACodeThatIsDeadAndCountsIt() {
    status = 503;
    assertThat(sent(bench.person(merchant), MemberBench.phone(), now)).isEqualTo("done");
    status = 200;
    assertThat(outbox.run(merchant, now.plus(Codes.VALIDITY))).isZero();
    assertThat(waiting()).isZero();
    assertThat(heard).hasSize(1);
    assertThat(meters.get("tongbao.outgoing").tag("outcome", "dropped").counter().count()).isOne();
  }

  /** Another member's code for the same phone is another matter. */
  @Test
  void sendsOfTwoCodesForOneThingTheNewer() {
    Member member = bench.person(merchant);
    Member other = bench.person(merchant);
    Secret phone = MemberBench.phone();
    status = 503;
    assertThat(sent(member, phone, now)).isEqualTo("done");
    assertThat(sent(other, phone, now)).isEqualTo("done");
    Instant later = now.plusSeconds(60);
    assertThat(sent(member, phone, later)).isEqualTo("done");
    assertThat(waiting()).isEqualTo(2);
    heard.clear();
    status = 200;
    assertThat(outbox.run(merchant, later.plus(Outbox.LEASE))).isEqualTo(2);
    awaitNothing();
    assertThat(heard).hasSize(2);
    assertThat(heard.stream().map(OutboxTest::code).map(code -> outcome(other, phone, code)))
        .containsExactlyInAnyOrder("done", "WRONG_CODE");
    assertThat(heard.stream().map(OutboxTest::code).map(code -> outcome(member, phone, code)))
        .containsExactlyInAnyOrder("done", "WRONG_CODE");
  }

  @Test
  void twoNodesSendEachOnce() throws Exception {
    status = 503;
    for (int i = 0; i < 10; i++) {
      assertThat(sent(bench.person(merchant), MemberBench.phone(), now)).isEqualTo("done");
    }
    heard.clear();
    status = 200;
    Outbox other = node();
    Instant later = now.plus(Outbox.LEASE);
    List<String> taken =
        MemberBench.together(
            i -> () -> String.valueOf((i % 2 == 0 ? outbox : other).run(merchant, later)));
    awaitNothing();
    other.destroy();
    assertThat(taken.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(10);
    assertThat(heard).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void mailsLeaveFromTheirRows() {
    GatewayMailer mailer = new GatewayMailer(outbox);
    assertThat(mailer.isOpen()).isTrue();
    Mail mail = new Mail(new Secret("ops@shop.test"), "余额不足", "请充值", now);
    decisions.carryOut(Change.at(now).writeAll(mailer.writes(merchant, mail)).build(), Map.of());
    assertThat(outbox.run(merchant, now)).isEqualTo(1);
    awaitNothing();
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).contains("ops@shop.test", "余额不足", "请充值");
  }

  private Outbox node() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    Gateway gateway = new Gateway(address, new Secret("t"));
    return new Outbox(
        new OutgoingRows(jdbc, vault), Map.of(Way.SMS, gateway, Way.MAIL, gateway), meters);
  }

  private void hear(HttpExchange exchange) throws IOException {
    heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private String sent(Member member, Secret phone, Instant at) {
    return MemberBench.outcome(
        () -> codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", at));
  }

  private String used(Member member, Secret phone, Instant at) {
    String code = code(heard.getLast());
    return MemberBench.outcome(
        () -> codes.redeem(merchant, member, phone, Purpose.BIND_PHONE, "", code, at));
  }

  private String outcome(Member member, Secret phone, String code) {
    Instant later = now.plusSeconds(80);
    return MemberBench.outcome(
        () -> codes.redeem(merchant, member, phone, Purpose.BIND_PHONE, "", code, later));
  }

  private static String code(String text) {
    Matcher code = CODE.matcher(text);
    assertThat(code.find()).as(text).isTrue();
    return code.group(1);
  }

  private void awaitNothing() {
    await().atMost(Duration.ofMinutes(1)).until(() -> waiting() == 0);
  }

  private int waiting() {
    return jdbc.sql("SELECT count(*) FROM outgoing WHERE merchant_id = ?")
        .param(merchant.id())
        .query(Integer.class)
        .single();
  }

  private String stored() {
    return String.join(
        "",
        jdbc.sql("SELECT encode(letter, 'escape') FROM outgoing WHERE merchant_id = ?")
            .param(merchant.id())
            .query(String.class)
            .list());
  }
}

package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Evidence;
import io.tongbao.server.edge.Exhibit;
import io.tongbao.server.edge.Exhibit.Verdict;
import io.tongbao.server.edge.Signed;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A message takes effect once, however often it comes (THREATS T3-5, I-32), and is kept (T3-2). */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import(CatalogTest.Give.class)
class ReplayTest {
  private static final String GIVE = "ProbeService.give";
  private static final String ANOTHER = RsaKeys.pem(RsaKeys.generate().getPublic());

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Scheduler scheduler;
  @Autowired private EscrowKeys keys;
  @Autowired private EscrowAdmission admission;
  @Autowired private Evidence evidence;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;
  @Autowired private CatalogTest.Give give;
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
  void sixtyFourAtOnceHaveOneEffectAndOneAnswer() throws Exception {
    for (int round = 1; round <= 5; round++) {
      String form =
          application.sign(GIVE, "{\"amount\":%d}".formatted(round), application.now()).form();
      int before = give.handled.get();
      Set<String> answers = new HashSet<>();
      for (EscrowAnswer answer : atOnce(64, form)) {
        assertThat(answer.isOk()).isTrue();
        answers.add(answer.json());
      }
      assertThat(answers).hasSize(1);
      assertThat(give.handled.get()).isEqualTo(before + 1);
    }
    assertThat(balance()).isEqualTo(1 + 2 + 3 + 4 + 5);
  }

  @Test
  void repeatsTheFirstAnswerLater() {
    EscrowRequest request = application.sign(GIVE, "{\"amount\":7}", application.now());
    EscrowAnswer first = application.answer(application.post(request.form()));
    for (int i = 0; i < 3; i++) {
      assertThat(application.answer(application.get(request.form()))).isEqualTo(first);
    }
    assertThat(balance()).isEqualTo(7);
  }

  @Test
  void takesAnotherSecondForAnotherMessage() {
    String param = "{\"amount\":5}";
    for (int second = 0; second < 3; second++) {
      EscrowRequest request = application.sign(GIVE, param, application.now().plusSeconds(second));
      assertThat(application.answer(application.post(request.form())).isOk()).isTrue();
    }
    assertThat(balance()).isEqualTo(15);
  }

  @Test
  void repeatsARefusalToo() {
    EscrowRequest request = application.sign(GIVE, "{\"amount\":0}", application.now());
    EscrowAnswer first = application.answer(application.post(request.form()));
    assertThat(first.errorCode()).isEqualTo("40020");
    assertThat(application.answer(application.post(request.form()))).isEqualTo(first);
  }

  @Test
  void forgetsWhatIsTooOldToBeTaken() {
    EscrowRequest request = application.sign(GIVE, "{\"amount\":9}", application.now());
    application.answer(application.post(request.form()));
    assertThat(remembered()).isEqualTo(1);
    merchants.advance(application.merchant(), Duration.ofMinutes(24));
    scheduler.runDue(merchants.byId(application.merchant().id()));
    assertThat(remembered()).isEqualTo(1);
    merchants.advance(application.merchant(), Duration.ofMinutes(2));
    scheduler.runDue(merchants.byId(application.merchant().id()));
    assertThat(remembered()).as("it still bears the world's time").isEqualTo(1);
    application.answer(application.post(request.form()));
    assertThat(balance()).isEqualTo(9);
    passes(Duration.ofMinutes(26));
    merchants.advance(application.merchant(), Duration.ofMinutes(2));
    scheduler.runDue(merchants.byId(application.merchant().id()));
    assertThat(remembered()).isZero();
  }

  @Test
  void whatWasSignedIsKeptOnceAndProvesItself() {
    EscrowRequest request = application.sign(GIVE, "{\"amount\":3}", application.now());
    application.answer(application.post(request.form()));
    application.answer(application.get(request.form()));
    merchants.putKey(application.merchant(), EscrowKeys.MERCHANT, new Secret(ANOTHER));
    assertThat(evidence.of(application.merchant(), request.digest()))
        .singleElement()
        .satisfies(exhibit -> {
          assertThat(exhibit.verdict()).isEqualTo(Verdict.PROVEN);
          assertThat(exhibit.operation()).isEqualTo(GIVE);
          assertThat(exhibit.signed().content().utf8()).isEqualTo(request.canonical());
          assertThat(exhibit.signed().signature()).isEqualTo(request.sign());
          assertThat(exhibit.said()).isEqualTo(new Secret(request.canonical()));
          assertThat(
                  evidence.between(application.merchant(), exhibit.cameAt(), exhibit.cameAt(), 2))
              .containsExactly(exhibit);
        });
    assertThat(kept()).doesNotContain("amount").doesNotContain(request.sign());
  }

  @Test
  void longMessagesAreKeptWholeAndShort() {
    String param = "{\"amount\":3,\"filler\":\"%s\"}".formatted("通".repeat(50_000));
    EscrowRequest request = application.sign(GIVE, param, application.now());
    application.answer(application.post(request.form()));
    assertThat(exhibits(request)).extracting(Exhibit::verdict).containsExactly(Verdict.PROVEN);
    assertThat(kept()).hasSizeLessThan(5_000);
  }

  @Test
  void whatNobodyMayStoreIsCovered() {
    String code = "{\"amount\":3,\"cvv2\":\"%s\"}";
    EscrowRequest plain = application.sign(GIVE, code.formatted("A1B2C3"), application.now());
    EscrowRequest escaped = application.sign(GIVE, code.formatted("\\u0041111"), application.now());
    for (EscrowRequest request : List.of(plain, escaped)) {
      assertThat(application.answer(application.post(request.form())).isOk()).isTrue();
      assertThat(exhibits(request)).extracting(Exhibit::verdict).containsExactly(Verdict.COVERED);
      assertThat(exhibits(request)).extracting(Exhibit::said).containsOnlyNulls();
    }
    assertThat(signed(plain)).isEqualTo(plain.canonical().replace("A1B2C3", "******"));
    assertThat(signed(escaped)).isEmpty();
  }

  @Test
  void whatSomebodyChangedIsForged() {
    EscrowRequest request = application.sign(GIVE, "{\"amount\":3}", application.now());
    EscrowRequest other = application.sign(GIVE, "{\"amount\":4}", application.now());
    Admitted admitted = admission.call(application.wire(request));
    Secret key = admitted.signed().key();
    for (Signed forged :
        List.of(
            new Signed(Bytes.utf8(other.canonical()), request.sign(), key, List.of()),
            new Signed(Bytes.utf8(other.canonical()), other.sign(), key, List.of()),
            new Signed(Bytes.utf8(request.canonical()), "no base64", key, List.of()))) {
      Caller caller =
          new Caller(
              application.merchant(),
              application.now(),
              forged.signature().equals(other.sign()) ? request.digest() : forged.digest(),
              "127.0.0.1");
      evidence.keep(new Admitted(caller, GIVE, admitted.parameters(), admitted.spelling(), forged));
      assertThat(evidence.of(application.merchant(), caller.digest()))
          .extracting(Exhibit::verdict)
          .containsOnly(Verdict.FORGED);
    }
  }

  @Test
  void whatOnlyLooksLeavesNoEvidence() {
    application.call("MemberService.getMemberInfo", "{\"bizUserId\":\"nobody\"}");
    assertThat(
            evidence.between(
                application.merchant(), Instant.EPOCH, application.now().plusSeconds(60), 9))
        .isEmpty();
  }

  private List<Exhibit> exhibits(EscrowRequest request) {
    return evidence.of(application.merchant(), request.digest());
  }

  private String signed(EscrowRequest request) {
    return exhibits(request).getFirst().signed().content().utf8();
  }

  /** The newest row of this application as it lies in the database. */
  private String kept() {
    return jdbc.sql("SELECT sealed FROM evidence WHERE merchant_id = ? ORDER BY id DESC LIMIT 1")
        .param(application.merchant().id())
        .query((row, n) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
        .single();
  }

  private List<EscrowAnswer> atOnce(int callers, String form) throws Exception {
    List<EscrowAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<EscrowAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(threads.submit(() -> application.answer(application.post(form))));
      }
      for (Future<EscrowAnswer> call : calls) {
        answers.add(call.get());
      }
    }
    return answers;
  }

  private long balance() {
    return give.account(application.merchant(), "100001").balance().total().fen();
  }

  /** The real time goes by, as the database sees it. */
  private void passes(Duration time) {
    jdbc.sql(
            "UPDATE replay_guard SET lease_until = lease_until - ? * interval '1 s' WHERE merchant_id = ?")
        .params(time.toSeconds(), application.merchant().id())
        .update();
  }

  private int remembered() {
    return jdbc.sql("SELECT count(*) FROM replay_guard WHERE merchant_id = ?")
        .param(application.merchant().id())
        .query(Integer.class)
        .single();
  }
}

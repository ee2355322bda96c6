package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.time.Duration;
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

/** A message takes effect once, however often it comes (THREATS T3-5, I-32). */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import(CatalogTest.Give.class)
class ReplayTest {
  private static final String GIVE = "ProbeService.give";

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Scheduler scheduler;
  @Autowired private EscrowKeys keys;
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
    assertThat(remembered()).isZero();
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

  private int remembered() {
    return jdbc.sql("SELECT count(*) FROM replay_guard WHERE merchant_id = ?")
        .param(application.merchant().id())
        .query(Integer.class)
        .single();
  }
}

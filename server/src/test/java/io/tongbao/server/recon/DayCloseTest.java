package io.tongbao.server.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport;
import io.tongbao.ledger.ClosedDays;
import io.tongbao.ledger.ClosedDays.Result;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.server.boot.Database;
import io.tongbao.server.boot.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days close with the rights that the server has: an owner without privileges, and his role. */
class DayCloseTest {
  private static final String BOOKED =
      """
      INSERT INTO account (id, merchant_id, owner_id, set_no, balance, version, floor)
      VALUES (1, 1, 0, 'clearing:X', -30, 2, -1000), (2, 1, 2, '200001', 30, 2, 0);
      INSERT INTO ledger_txn (id, merchant_id, booked_at, legs, moves)
      VALUES (1, 1, '2026-01-01', 2, 0), (2, 1, '2026-01-02', 2, 0);
      INSERT INTO entry (txn_id, leg, account_id, merchant_id, amount, version, balance_after,
                         frozen_after, booked_at, created_at)
      VALUES (1, 1, 1, 1, -10, 1, -10, 0, '2026-01-01', now() - interval '2 days'),
             (1, 2, 2, 1, 10, 1, 10, 0, '2026-01-01', now() - interval '2 days'),
             (2, 1, 1, 1, -20, 2, -30, 0, '2026-01-02', now() - interval '1 day'),
             (2, 2, 2, 1, 20, 2, 30, 0, '2026-01-02', now() - interval '1 day')
      """;

  @Test
  void theServersRoleClosesDaysAndSeesWhoIsInTheWay() throws SQLException {
    TestDatabase fresh = TestDatabase.create();
    try (Database database = fresh.open()) {
      try (Connection owner =
              DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
          Statement statement = owner.createStatement()) {
        statement.execute(BOOKED);
      }
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      ClosedDays days = new ClosedDays(database.dataSource());
      assertThat(days.closeNext()).isEqualTo(Result.CLOSED);
      assertThat(days.closeNext()).isEqualTo(Result.CLOSED);
      assertThat(days.closeNext()).isEqualTo(Result.NOTHING_TO_CLOSE);
      String held = "SELECT balance FROM day_balance WHERE account_id = 2 ORDER BY day";
      assertThat(jdbc.sql(held).query(Long.class).list()).isEqualTo(List.of(10L, 30L));
      assertThat(violated(database)).isEmpty();
      auditsLeaveOutWhatPassed(database, jdbc);

      try (Connection open = database.dataSource().getConnection();
          Statement statement = open.createStatement()) {
        open.setAutoCommit(false);
        statement.execute("SELECT 1");
        assertThat(isOpen(jdbc)).isTrue();
        open.rollback();
        open.setAutoCommit(true);
      }
      // The pool may just be opening another connection.
      await().until(() -> !isOpen(jdbc));
    }
  }

  /** From the night's audit on that passed, until one finds something. */
  private static void auditsLeaveOutWhatPassed(Database database, JdbcClient jdbc) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-04T18:00:00Z"));
    Audits audits =
        new Audits(database.dataSource(), List.of(), new SimpleMeterRegistry(), now::get);
    try {
      assertThat(audits.next().since()).isEqualTo(Invariant.EVER);
      assertThat(audits.next().since()).isNotEqualTo(Invariant.EVER);
      now.set(now.get().plus(Duration.ofHours(2)));
      jdbc.sql("UPDATE account SET frozen = 1 WHERE id = 2").update();
      AuditReport night = audits.next();
      assertThat(night.since()).isEqualTo(Invariant.EVER);
      assertThat(night.passed()).isFalse();
      jdbc.sql("UPDATE account SET frozen = 0 WHERE id = 2").update();
      assertThat(audits.next().since()).isEqualTo(Invariant.EVER);
      assertThat(audits.next().since()).isNotEqualTo(Invariant.EVER);
    } finally {
      audits.destroy();
    }
  }

  private static boolean isOpen(JdbcClient jdbc) {
    return jdbc.sql("SELECT is_open_before(clock_timestamp())").query(Boolean.class).single();
  }

  private static List<String> violated(Database database) {
    return new Audit(database.dataSource(), LedgerInvariants.all())
        .run().violations().stream().map(violation -> violation.id()).toList();
  }
}

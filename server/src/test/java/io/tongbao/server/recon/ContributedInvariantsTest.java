package io.tongbao.server.recon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.ledger.AuditReport;
import io.tongbao.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each thing that can be wrong with channels, notices and files is found by the audit. */
@TestServer
class ContributedInvariantsTest {
  private static final String ORDER =
      """
      INSERT INTO orders (merchant_id, id, kind, number, order_no, state, member_id, account,
        amount, fee, confirmation, back_url, fingerprint, created_at, expires_at, finished_at)
      VALUES (9, 1, 'WITHDRAWAL', 'n', 'no', '%s', 1, 1, 100, 0, 'NONE', %s, '', now(), now(), now())
      """;
  private static final String REQUEST =
      """
      INSERT INTO channel_request (id, merchant_id, channel, act, owner, order_id, amount, state,
        next_at, created_at, lease_until)
      VALUES (1, 9, 'TLT', 'PAY_OUT', 'withdrawal', 1, 100, '%s', now(), now(), %s)
      """;
  private static final String NOTICE =
      """
      INSERT INTO notice (merchant_id, id, event, subject, endpoint_id, url, facts, happened_at, state,
        last_attempt, next_at, lease_until)
      VALUES (9, 1, 'escrow.order', 1, 1, 'u', '{"status": "%s"}', now(), 'L', 8, now(), %s)
      """;
  private static final String DONE =
      """
      INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts, happened_at,
        outcome, attempts, finished_at)
      VALUES (9, 1, '%s', 1, 1, 'u', '{"status": "OK"}', now(), '%s', %d, now())
      """;
  private static final String ATTEMPT =
      """
      INSERT INTO notice_attempt (merchant_id, notice_id, attempt, scheduled, began_at, ended_at,
        millis, answer, error)
      SELECT 9, 1, n, true, now() + interval '%s', now() + interval '%s', 1, '', %s
      FROM generate_series(%d, %d) AS n
      """;

  @Autowired private Audits audits;
  @Autowired private JdbcClient database;

  @Test
  void findsAClearingAccountThatHoldsSomethingElse() {
    expect(
        "a clearing account holds what its channel settled, and nothing else",
        REQUEST.formatted("SETTLED", "NULL").replace("9, 'TLT'", "9, 'X'"),
        """
        INSERT INTO account (id, merchant_id, owner_id, set_no, floor)
        VALUES (999, 9, 0, 'clearing:X', -1000)
        """);
  }

  @Test
  void findsAChannelLeaseThatDoesNotEnd() {
    expect(
        "no channel request stays leased after its lease",
        REQUEST.formatted("ASKED", "now() - interval '2 min'"));
  }

  @Test
  void findsAFinishedOrderThatStillAsks() {
    expect(
        "an order is finished when what it asked of a channel is, and alike",
        ORDER.formatted("FAILED", "NULL"),
        REQUEST.formatted("ASKED", "NULL"));
  }

  @Test
  void findsAnOrderThatFailedThoughItsChannelSettled() {
    expect(
        "an order is finished when what it asked of a channel is, and alike",
        ORDER.formatted("FAILED", "NULL"),
        REQUEST.formatted("SETTLED", "NULL"));
  }

  @Test
  void findsANoticeLeaseThatDoesNotEnd() {
    expect(
        "no notice stays leased after its lease",
        NOTICE.formatted("OK", "now() - interval '2 min'"));
  }

  @Test
  void findsADeliveryWithoutEvidence() {
    expect(
        "a notice is done by a success that is logged, or by eight failures",
        DONE.formatted("x", "DELIVERED", 1),
        ATTEMPT.formatted("5 s", "5 s", "'TIMEOUT'", 1, 1));
  }

  @Test
  void findsANoticeThatWasGivenUpTooEarly() {
    expect(
        "a notice is done by a success that is logged, or by eight failures",
        DONE.formatted("x", "EXHAUSTED", 7),
        ATTEMPT.formatted("5 s", "5 s", "'TIMEOUT'", 1, 7));
  }

  @Test
  void findsANinthAttempt() {
    expect(
        "no schedule has more than eight attempts",
        ATTEMPT.formatted("5 s", "5 s", "'TIMEOUT'", 1, 9));
  }

  @Test
  void findsANoticeInTwoPlaces() {
    expect(
        "a notice is waiting or done, not both",
        NOTICE.formatted("OK", "NULL"),
        DONE.formatted("x", "DELIVERED", 0));
  }

  @Test
  void findsAnOrderThatNobodyWasToldOf() {
    expect(
        "each order's result is told once, and a payout's failure too",
        ORDER.formatted("SUCCEEDED", "'https://x'"));
  }

  @Test
  void findsAnOrderThatWasToldTwice() {
    expect(
        "each order's result is told once, and a payout's failure too",
        ORDER.formatted("SUCCEEDED", "'https://x'"),
        NOTICE.formatted("OK", "NULL"),
        NOTICE.formatted("OK", "NULL").replace("VALUES (9, 1", "VALUES (9, 2"));
  }

  @Test
  void findsAFailedPayoutThatNobodyWasToldOf() {
    expect(
        "each order's result is told once, and a payout's failure too",
        ORDER.formatted("FAILED", "'https://x'"),
        REQUEST.formatted("DECLINED", "NULL"));
  }

  @Test
  void findsAnAttemptBeforeItsTime() {
    expect(
        "no attempt comes before its time",
        DONE.formatted("escrow.order", "DELIVERED", 2),
        ATTEMPT.formatted("5 s", "6 s", "'TIMEOUT'", 1, 1),
        ATTEMPT.formatted("20 s", "20 s", "NULL", 2, 2));
  }

  @Test
  void knowsAnAttemptThatSomebodyAskedFor() {
    database.sql(DONE.formatted("escrow.x", "DELIVERED", 3)).update();
    database.sql(ATTEMPT.formatted("5 s", "6 s", "'TIMEOUT'", 1, 1)).update();
    database
        .sql(ATTEMPT.formatted("7 s", "8 s", "'TIMEOUT'", 2, 2).replace("true", "false"))
        .update();
    database.sql(ATTEMPT.formatted("128 s", "129 s", "NULL", 3, 3)).update();
    try {
      assertThat(violated()).isEmpty();
    } finally {
      database.sql("DELETE FROM notice_done WHERE merchant_id = 9").update();
      database.sql("DELETE FROM notice_attempt WHERE merchant_id = 9").update();
    }
  }

  @Test
  void findsAFileThatLacksAnOrder() {
    expect(
        "a day's file has all orders of that day, and no others",
        ORDER.formatted("SUCCEEDED", "NULL"),
        """
        INSERT INTO day_file (merchant_id, name, kind, day, lines, bytes, sha256, totals, cut_at)
        VALUES (9, 'f', 'allinpay', (now() AT TIME ZONE 'Asia/Shanghai')::date, 0, 0, '', '', now())
        """);
  }

  /** The damage is found by this statement; without it nothing of the kind is. */
  private void expect(String statement, String... damage) {
    List<String> tables =
        List.of("orders", "channel_request", "notice", "notice_done", "notice_attempt", "day_file");
    assertThat(violated()).doesNotContain(statement);
    try {
      for (String sql : damage) {
        database.sql(sql).update();
      }
      assertThat(violated()).contains(statement);
    } finally {
      for (String table : tables) {
        database.sql("DELETE FROM " + table + " WHERE merchant_id = 9").update();
      }
      database.sql("DELETE FROM account WHERE merchant_id = 9").update();
    }
    assertThat(audits.run().passed()).isTrue();
  }

  private List<String> violated() {
    return audits.run().violations().stream().map(AuditReport.Violation::statement).toList();
  }
}

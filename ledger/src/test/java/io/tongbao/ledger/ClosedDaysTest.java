package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.ledger.ClosedDays.Day;
import io.tongbao.ledger.ClosedDays.Result;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Outcome.Committed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cut between two of the journal's days. Invariants I-33 and I-34. */
class ClosedDaysTest {
  private static final String BACKDATED =
      "INSERT INTO entry (txn_id, leg, account_id, merchant_id, amount, version, balance_after,"
          + " frozen_after, booked_at, created_at)"
          + " VALUES (1, 1, 1, 1, 1, 99, 1, 0, now(), now() - interval '1 day')";

  private static final String[][] DAMAGES = {
    {"I-33", "UPDATE entry SET remark = 'other' WHERE version = 1"},
    {"I-33", "UPDATE ledger_day SET chain = sha256(chain) WHERE entries > 0"},
    {"I-33", "UPDATE ledger_day SET digest = sha256(digest) WHERE entries > 0"},
    {"I-33", "UPDATE ledger_day SET entries = entries + 1 WHERE entries = 0"},
    {"I-33", "UPDATE ledger_day SET closes_at = closes_at - interval '1 s' WHERE entries > 0"},
    {"I-33", "DELETE FROM ledger_day WHERE entries = 0"},
    {"I-34", "UPDATE day_balance SET balance = balance + 1"},
    {"I-34", "UPDATE day_balance SET version = version + 1"},
    {"I-34", "DELETE FROM day_balance WHERE account_id > 100"},
    {"I-34", "INSERT INTO day_balance VALUES (12345, now() - interval '2 days', 1, 0, 0)"},
  };

  /** In what was written after the last sealed day: both audits tell the same. */
  private static final String[][] OPEN_DAMAGES = {
    {"I-01", "UPDATE entry SET amount = amount + 1 WHERE remark = 'open' AND amount > 0"},
    {"I-03", "UPDATE account SET balance = balance + 1 WHERE id > 100"},
    {"I-05", "DELETE FROM hold"},
    {"I-05", "DELETE FROM hold_move"},
    {"I-05", "UPDATE hold_move SET frozen_after = 9 WHERE kind = 'unfreeze'"},
    {"I-06", "UPDATE entry SET version = version + 1 WHERE remark = 'open' AND amount > 0"},
    {"I-06", "UPDATE account SET version = version + 1 WHERE id > 100"},
    {"I-07", "DELETE FROM entry WHERE remark = 'open'"},
    {"I-07", "DELETE FROM ledger_txn WHERE id = (SELECT max(id) FROM ledger_txn)"},
    {"I-07", "UPDATE ledger_txn SET moves = 0 WHERE moves > 0"},
    {
      "I-28",
      "ALTER TABLE ledger_txn DROP CONSTRAINT ledger_txn_whole_key;"
          + "UPDATE ledger_txn SET number = NULL WHERE kind = 'pay'"
    },
    {"I-33", "UPDATE ledger_day SET chain = sha256(chain)"},
    {"I-33", "UPDATE sealed_day SET chain = sha256(chain)"},
    {"I-33", "UPDATE sealed_day SET day = day + 1"},
    {"I-34", "INSERT INTO day_balance VALUES (12345, now() AT TIME ZONE 'Asia/Shanghai', 1, 0, 0)"},
  };

  /** In the sealed day: what the whole audit tells, and what the one of open days does. */
  private static final String[][] SEALED_DAMAGES = {
    {"I-33", "I-33", "UPDATE entry SET remark = 'other' WHERE remark IS NULL AND version = 1"},
    {"I-33", "I-33", "UPDATE sealed_day SET entries = entries + 1"},
    {"I-33", "", "UPDATE sealed_day SET txns = txns + 1"},
    {"I-33", "", "UPDATE sealed_day SET moved = moved + 1"},
    {"I-07", "", "UPDATE ledger_txn SET legs = 3 WHERE id = (SELECT min(id) FROM ledger_txn)"},
    {"I-34", "I-03", "UPDATE day_balance SET balance = balance + 1 WHERE account_id > 100"},
    {"I-33", "I-33", "DELETE FROM ledger_day"},
  };

  private final Scene scene = Scene.with(1);
  private final ClosedDays days = new ClosedDays(scene.database.application());
  private final long one = scene.account(1000);
  private final long two = scene.account(0);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void days_are_closed_one_after_the_other_and_today_is_not() throws SQLException {
    assertThat(days.closeNext()).isEqualTo(Result.NOTHING_TO_CLOSE);
    pay(100);
    age(3);
    pay(200);
    age(1);
    pay(300);

    closeAll();

    // Four times, because a day without entries is one too: 3 + 1 days ago, and 1 day ago.
    assertThat(query("SELECT string_agg(entries::text, ' ' ORDER BY day) FROM ledger_day"))
        .isEqualTo("4 0 0 2");
    assertThat(query("SELECT count(DISTINCT chain) FROM ledger_day")).isEqualTo("4");
    assertThat(balances(one)).isEqualTo("900 700");
    assertThat(balances(two)).isEqualTo("100 300");
    assertThat(scene.total(two)).isEqualTo(600);
  }

  @Test
  void the_order_of_commits_has_no_part_in_the_digest() {
    pay(1);
    pay(2);
    String digest = "SELECT digest FROM day_digests('-infinity', 'infinity')";
    String before = query(digest);
    // An update writes the rows anew, behind the others.
    damage("UPDATE entry SET remark = remark WHERE version = 1");
    assertThat(query(digest)).isEqualTo(before);
    damage("UPDATE entry SET remark = 'x' WHERE version = 1 AND account_id = " + two);
    assertThat(query(digest)).isNotEqualTo(before);
    damage("UPDATE entry SET remark = NULL WHERE version = 1 AND account_id = " + two);
    assertThat(query(digest)).isEqualTo(before);
  }

  @Test
  void a_day_is_not_closed_while_a_transaction_of_it_is_open() throws SQLException {
    pay(1);
    try (Connection late = scene.database.owner().getConnection();
        Statement statement = late.createStatement();
        Connection connection = scene.database.application().getConnection()) {
      late.setAutoCommit(false);
      statement.execute("SELECT 1");
      Day ended = endingNow();
      assertThat(days.close(connection, ended)).isEqualTo(Result.WAITING);
      assertThatThrownBy(() -> call(connection, ended)).hasMessageContaining("cannot be closed");
      late.rollback();
      assertThat(days.close(connection, ended)).isEqualTo(Result.CLOSED);
      assertThat(days.close(connection, ended)).isEqualTo(Result.NOTHING_TO_CLOSE);
    }
    forgetDays();
  }

  @Test
  void what_began_in_a_closed_day_is_posted_again_with_a_new_date() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = scene.database.owner().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM account WHERE id = " + one + " FOR UPDATE");
      Change change = Scene.keyed("pay", "late").move(Scene.post(one, two, 5)).build();
      Future<Outcome> answer = threads.submit(() -> scene.ledger(0).commit(change));
      while (scene.database.query("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
        Thread.onSpinWait();
      }
      Day ended = endingNow();
      damage(
          "INSERT INTO ledger_day (day, opens_at, closes_at, entries, accounts, digest, chain)"
              + " VALUES ('%s', '%s', '%s', 0, 0, '', '')"
                  .formatted(ended.date(), ended.opens(), ended.closes()));
      other.rollback();
      assertThat(answer.get()).isInstanceOf(Committed.class);
    }
    assertThat(scene.retries("closed_day")).isEqualTo(1);
    assertThat(scene.total(two)).isEqualTo(5);
    assertThat(
            query(
                "SELECT bool_and(created_at >= closes_at) FROM entry, ledger_day"
                    + " WHERE account_id = "
                    + two))
        .isEqualTo("t");
    forgetDays();
  }

  @Test
  void nobody_writes_into_a_closed_day_or_changes_one() throws SQLException {
    pay(1);
    age(2);
    closeAll();
    for (String journal :
        List.of("entry", "entry_any", "entry_" + query("SELECT to_char(now(), 'YYYY_MM')"))) {
      String dated = BACKDATED.replace("entry", journal);
      refused(scene.database.application(), dated, "permission denied");
      String undated = dated.replace(", created_at", "").replace(", now() - interval '1 day'", "");
      if (!journal.equals("entry")) {
        refused(scene.database.application(), undated, "permission denied");
      }
    }
    refused(scene.database.owner(), "UPDATE ledger_day SET chain = ''", "append-only");
    refused(scene.database.owner(), "DELETE FROM day_balance", "append-only");
    refused(scene.database.application(), "DELETE FROM ledger_day", "permission denied");
    refused(
        scene.database.application(),
        "INSERT INTO day_balance VALUES (1, now(), 1, 1, 1)",
        "permission denied");
    refused(
        scene.database.application(),
        "SELECT close_day(current_date + 9, now(), now() + interval '1 s')",
        "cannot be closed");
  }

  @Test
  void damage_is_told_by_its_name() throws SQLException {
    pay(10);
    age(2);
    pay(20);
    age(1);
    closeAll();
    try (Connection connection = scene.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String[] damage : DAMAGES) {
        damage(statement, damage[1]);
        assertThat(violated(statement)).as(damage[1]).containsExactly(damage[0]);
        connection.rollback();
      }
    }
  }

  @Test
  void a_day_is_sealed_by_a_whole_audit_that_passes_and_by_no_other() throws SQLException {
    Audit audit = new Audit(scene.database.application(), LedgerInvariants.all());
    pay(10);
    age(1);
    assertThat(days.closeNext()).isEqualTo(Result.CLOSED);
    assertThat(audit.runOpen().since()).isEqualTo(Invariant.EVER);
    damage("UPDATE account SET frozen = 1 WHERE id = " + one);
    assertThat(audit.run().passed()).isFalse();
    assertThat(query("SELECT count(*) FROM sealed_day")).isEqualTo("0");
    damage("UPDATE account SET frozen = 0 WHERE id = " + one);
    assertThat(audit.run().passed()).isTrue();
    assertThat(audit.run().passed()).isTrue();
    assertThat(query("SELECT string_agg(entries || ' ' || txns, ', ') FROM sealed_day"))
        .isEqualTo("4 2");

    pay(20);
    AuditReport open = audit.runOpen();
    assertThat(open.violations()).isEmpty();
    assertThat(open.entries()).isEqualTo(2);
    assertThat(audit.run().entries()).isEqualTo(6);
    List<Invariant> fewer = LedgerInvariants.all().subList(1, 5);
    assertThat(new Audit(scene.database.application(), fewer).runOpen().since())
        .as("others' seals say nothing of what they did not ask")
        .isEqualTo(Invariant.EVER);
    refused(scene.database.owner(), "DELETE FROM sealed_day", "append-only");
    refused(
        scene.database.application(),
        "INSERT INTO sealed_day SELECT 'x', day, 0, 0, 0, 0, chain FROM ledger_day",
        "permission denied");
  }

  @Test
  void what_is_wrong_since_the_last_seal_is_told_without_looking_before_it() throws SQLException {
    pay(10);
    age(1);
    closeAll();
    Change.Builder late = Scene.keyed("pay", "open");
    late.move(new Movement.Post(List.of(new Leg(one, -5, "open"), new Leg(two, 5, "open"))));
    late.move(new Movement.Freeze(scene.nextId(), one, 50, 0, "x"));
    scene.commit(late);
    scene.commit(
        Change.at(Scene.NOON)
            .move(new Movement.Unfreeze(Long.parseLong(query("SELECT id FROM hold")), 20)));
    String since = query("SELECT closes_at FROM ledger_day");
    try (Connection connection = scene.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(violated(statement, since)).isEmpty();
      for (String[] each : OPEN_DAMAGES) {
        damage(statement, each[1]);
        Set<String> whole = violated(statement, Invariant.EVER);
        assertThat(whole).as(each[1]).contains(each[0]);
        assertThat(violated(statement, since)).as(each[1]).isEqualTo(whole);
        connection.rollback();
      }
      for (String[] each : SEALED_DAMAGES) {
        damage(statement, each[2]);
        assertThat(violated(statement, Invariant.EVER)).as(each[2]).contains(each[0]);
        Set<String> open = violated(statement, since);
        assertThat(each[1].isEmpty() ? open.isEmpty() : open.contains(each[1]))
            .as(each[2] + "\nis told as " + open)
            .isTrue();
        connection.rollback();
      }
    }
  }

  private static Set<String> violated(Statement statement) throws SQLException {
    return violated(statement, Invariant.EVER);
  }

  private static Set<String> violated(Statement statement, String since) throws SQLException {
    Set<String> ids = new TreeSet<>();
    for (Invariant invariant : LedgerInvariants.all()) {
      try (ResultSet row = statement.executeQuery(invariant.since(since))) {
        if (row.next()) {
          ids.add(invariant.id());
        }
      }
    }
    return ids;
  }

  private void pay(long fen) {
    scene.commit(Change.at(Scene.NOON).move(Scene.post(one, two, fen)));
  }

  /** As if all that was written were so many days older. */
  private void age(int days) {
    for (String table : List.of("entry", "ledger_txn")) {
      damage("UPDATE %s SET created_at = created_at - interval '%d days'".formatted(table, days));
    }
  }

  private static void damage(Statement statement, String sql) throws SQLException {
    statement.execute("SET LOCAL session_replication_role = replica");
    statement.execute(sql);
  }

  private void closeAll() throws SQLException {
    Result result = days.closeNext();
    assertThat(result).isEqualTo(Result.CLOSED);
    while (result == Result.CLOSED) {
      result = days.closeNext();
    }
    assertThat(result).isEqualTo(Result.NOTHING_TO_CLOSE);
    assertThat(scene.audit().violations()).isEmpty();
  }

  /** Today, as if it ended at this moment. */
  private Day endingNow() throws SQLException {
    try (Connection connection = scene.database.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT clock_timestamp(), (now() AT TIME ZONE 'Asia/Shanghai')::date")) {
      row.next();
      Instant now = row.getTimestamp(1).toInstant();
      Day today = Day.of(row.getDate(2).toLocalDate());
      return new Day(today.date(), today.opens(), now);
    }
  }

  private static void call(Connection connection, Day day) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT close_day('%s', '%s', '%s')".formatted(day.date(), day.opens(), day.closes()));
    }
  }

  /** A day that ended before its midnight would be told by the audit. */
  private void forgetDays() {
    damage("DELETE FROM ledger_day; DELETE FROM day_balance");
  }

  private void damage(String sql) {
    scene.database.execute("SET session_replication_role = replica;" + sql);
  }

  private String query(String sql) {
    return scene.database.query(sql);
  }

  private String balances(long account) {
    return query(
        "SELECT string_agg(balance::text, ' ' ORDER BY day) FROM day_balance WHERE account_id = "
            + account);
  }

  private static void refused(DataSource source, String sql, String why) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining(why);
    }
  }
}

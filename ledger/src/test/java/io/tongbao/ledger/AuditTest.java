package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.ledger.AuditReport.Violation;
import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Unfreeze;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit itself: each kind of damage is told, and under its own name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private final Scene scene = Scene.with(1);

  @BeforeAll
  void haveTraffic() {
    long one = scene.account(1000);
    long two = scene.account(1000);
    long hold = scene.nextId();
    scene.commit(Scene.keyed("pay", "1").move(Scene.post(one, two, 100)));
    scene.commit(Scene.keyed("pay", "2").move(Scene.post(one, two, 200)));
    scene.commit(Scene.keyed("freeze", "1").move(new Freeze(hold, one, 300, 0, "withdrawal")));
    scene.commit(Scene.keyed("unfreeze", "1").move(new Unfreeze(hold, 100)));
    scene.commit(Scene.keyed("lock", "1").move(new Lock(one, true)));
    List<Leg> legs = List.of(new Leg(one, -150), new Leg(Scene.OUTSIDE, 150));
    scene.commit(Scene.keyed("capture", "1").move(new Capture(hold, 150, legs)));
    scene.commit(Scene.keyed("open", "1").move(new Lock(one, false)));
    scene.commit(Scene.keyed("pay", "3").move(Scene.post(two, one, 7)));
    scene.commit(Scene.keyed("lock", "2").move(new Lock(two, true)));
    scene.stop();
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void a_sound_ledger_passes() {
    AuditReport report = scene.audit();
    assertThat(report.passed()).isTrue();
    assertThat(report.entries()).isEqualTo(12);
  }

  @Test
  void every_invariant_of_the_ledger_is_damaged_here() {
    String damaged = damages().map(each -> (String) each.get()[0]).collect(Collectors.joining(" "));
    List<String> ids = LedgerInvariants.all().stream().map(Invariant::id).toList();
    assertThat(new TreeSet<>(Arrays.asList(damaged.split(" ", -1)))).isEqualTo(new TreeSet<>(ids));
  }

  /** The invariants that must be told, and the damage. Account 101 is "one", 102 is "two". */
  static Stream<Arguments> damages() {
    return Stream.of(
        // a fen wanders from one posting to the next; every account's chain still holds
        damage(
            "I-01",
            "UPDATE entry SET amount = amount + 1, balance_after = balance_after + 1"
                + " WHERE account_id = 102 AND version = 2",
            "UPDATE entry SET amount = amount - 1 WHERE account_id = 102 AND version = 3"),
        // cannot happen alone: balances that do not sum to zero are not those of the entries
        damage("I-02 I-03", "UPDATE account SET balance = balance + 1 WHERE id = 101"),
        damage(
            "I-03",
            "UPDATE account SET balance = balance + 1 WHERE id = 101",
            "UPDATE account SET balance = balance - 1 WHERE id = 102"),
        damage(
            "I-04",
            "ALTER TABLE account DROP CONSTRAINT account_floor",
            "ALTER TABLE account DROP CONSTRAINT account_frozen",
            "ALTER TABLE account DROP CONSTRAINT account_floor_check",
            "UPDATE account SET floor = balance + 1 WHERE id = 102"),
        damage("I-05", "UPDATE account SET frozen = frozen + 1 WHERE id = 101"),
        damage("I-05", "UPDATE hold SET remaining = remaining + 1, amount = amount + 1"),
        damage("I-05", "UPDATE hold SET account_id = 102", "UPDATE account SET frozen = 0"),
        damage("I-05", "DELETE FROM hold", "UPDATE account SET frozen = 0"),
        damage("I-05", "UPDATE hold_move SET frozen_after = 201 WHERE kind = 'unfreeze'"),
        damage("I-06", "UPDATE entry SET version = 9 WHERE account_id = 101 AND version = 5"),
        damage(
            "I-06",
            "UPDATE entry SET version = 9 WHERE account_id = 101 AND version = 5",
            "UPDATE account SET version = 9 WHERE id = 101"),
        damage("I-06", "UPDATE account SET version = 5 WHERE id = 102"),
        damage(
            "I-06",
            "UPDATE entry SET balance_after = balance_after + 1"
                + " WHERE account_id = 101 AND version = 2"),
        damage("I-07", "DELETE FROM ledger_txn WHERE kind = 'pay' AND number = '1'"),
        damage("I-07", "DELETE FROM ledger_txn WHERE kind = 'freeze'"),
        damage(
            "I-07",
            "INSERT INTO ledger_txn (id, merchant_id, booked_at, legs, moves)"
                + " VALUES (1, 1, now(), 2, 0)"),
        damage("I-07", "UPDATE ledger_txn SET moves = 2 WHERE kind = 'freeze'"),
        damage("I-07", "UPDATE entry SET leg = 3 WHERE account_id = 102 AND version = 2"),
        damage(
            "I-07", "UPDATE ledger_txn SET booked_at = now() WHERE number = '1' AND kind = 'pay'"),
        damage("I-08", "ALTER TABLE ledger_txn DROP CONSTRAINT ledger_txn_key"),
        damage(
            "I-08",
            "ALTER TABLE ledger_txn DROP CONSTRAINT ledger_txn_key",
            "UPDATE ledger_txn SET number = '1' WHERE kind = 'pay' AND number = '2'"),
        damage(
            "I-08",
            "ALTER TABLE account DROP CONSTRAINT account_owner_set",
            "UPDATE account SET owner_id = 101 WHERE id = 102"),
        damage(
            "I-28",
            "ALTER TABLE ledger_txn DROP CONSTRAINT ledger_txn_whole_key",
            "UPDATE ledger_txn SET fingerprint = NULL WHERE kind = 'pay' AND number = '1'"),
        damage(
            "I-33",
            "INSERT INTO ledger_day (day, opens_at, closes_at, entries, accounts, digest, chain)"
                + " VALUES ('2026-01-01', '2025-12-31T16:00:00Z', '2026-01-01T16:00:00Z', 0, 0,"
                + " sha256(''), sha256(''))"),
        damage("I-34", "INSERT INTO day_balance VALUES (101, '2026-01-01', 1, 0, 0)"),
        damage("I-35", "UPDATE account_lock SET version = version - 1 WHERE account_id = 102"),
        damage("I-35", "UPDATE account SET locked = false WHERE id = 102"),
        damage("I-35", "DELETE FROM account_lock WHERE account_id = 101 AND NOT locked"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("damages")
  void damage_is_told_by_its_name(String expected, List<String> damage) {
    try (Database damaged = scene.database.copy()) {
      // The server's own guards are set aside: someone was at the files, or restored half a backup.
      damaged.execute("SET session_replication_role = replica;" + String.join(";", damage));
      AuditReport report = new Audit(damaged.application(), LedgerInvariants.all()).run();
      assertThat(report.passed()).isFalse();
      assertThat(report.violations().stream().map(Violation::id).distinct())
          .as(report.toString())
          .containsExactly(expected.split(" ", -1));
      assertThat(report.violations())
          .allSatisfy(each -> assertThat(each.details()).hasSizeBetween(1, 5));
    }
  }

  @Test
  void what_cannot_be_checked_is_told_and_the_rest_is_checked() {
    Invariant broken = new Invariant("I-99", "There is no such table.", "SELECT * FROM nowhere");
    Invariant violated =
        new Invariant("I-98", "Nothing exists.", "SELECT id AS account FROM account");
    Audit audit = new Audit(scene.database.application(), List.of(broken, violated));
    List<Violation> violations = audit.run().violations();
    assertThat(violations).extracting(Violation::id).containsExactly("I-99", "I-98");
    assertThat(violations.getLast().details()).contains("account=101");
  }

  private static Arguments damage(String expected, String... statements) {
    return Arguments.of(expected, List.of(statements));
  }
}

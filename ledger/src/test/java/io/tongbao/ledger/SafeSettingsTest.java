package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps the journal safe from crashes and from ourselves. */
class SafeSettingsTest {
  private static final Scene scene = Scene.with(1);

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void the_tests_themselves_run_on_a_safe_server() throws SQLException {
    try (Connection connection = scene.database.application().getConnection()) {
      assertThat(SafeSettings.check(connection))
          .isEqualTo(new SafeSettings.Findings(List.of(), true));
    }
  }

  @Test
  void an_unsafe_setting_is_found() throws SQLException {
    try (Connection connection = scene.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE tongbao_app");
      for (String setting : new String[] {"off", "local"}) {
        statement.execute("SET synchronous_commit = " + setting);
        assertThat(SafeSettings.check(connection).violations())
            .containsExactly("synchronous_commit is " + setting);
      }
    }
  }

  @Test
  void a_role_that_may_change_the_journal_is_found() throws SQLException {
    try (Connection connection = scene.database.owner().getConnection()) {
      assertThat(SafeSettings.check(connection).violations())
          .contains(
              "the role may UPDATE entry",
              "the role may DELETE entry_any",
              "the role may TRUNCATE ledger_txn",
              "the role may DELETE hold_move",
              "the role may UPDATE account_lock");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE entry SET amount = amount + 1",
        "DELETE FROM entry",
        "TRUNCATE entry",
        "UPDATE ledger_txn SET number = 'x'",
        "DELETE FROM hold_move",
        "DELETE FROM account_lock"
      })
  void neither_the_application_nor_the_owner_changes_the_journal(String sql) throws SQLException {
    scene.account(10);
    scene.commit(
        Change.at(Scene.NOON)
            .move(new Movement.Freeze(scene.nextId(), scene.account(1), 1, 0, "test"))
            .move(new Movement.Lock(scene.account(1), true)));
    assertRefused(scene.database.application().getConnection(), sql, "permission denied");
    assertRefused(scene.database.owner().getConnection(), sql, "append-only");
  }

  @Test
  void a_month_gets_a_partition_that_is_as_safe_as_the_rest() throws SQLException {
    YearMonth month = YearMonth.of(2040, 2);
    try (Connection connection = scene.database.application().getConnection()) {
      assertThat(EntryMonths.open(connection, month, 2)).isEqualTo(2);
      assertThat(EntryMonths.open(connection, month, 3)).isEqualTo(1);
      assertThat(SafeSettings.check(connection).violations()).isEmpty();
    }
    long id = scene.account(0);
    // In Beijing it is February already.
    Change.Builder change = Change.at(Instant.parse("2040-01-31T16:00:00Z"));
    scene.commit(change.move(Scene.post(Scene.OUTSIDE, id, 1)));
    assertThat(scene.database.query("SELECT count(*) FROM entry_2040_02")).isEqualTo("2");
    assertRefused(
        scene.database.owner().getConnection(), "DELETE FROM entry_2040_02", "append-only");
    assertRefused(scene.database.owner().getConnection(), "TRUNCATE entry_2040_02", "append-only");
  }

  @Test
  void a_month_that_has_begun_in_the_default_partition_stays_there() throws SQLException {
    Change.Builder change = Change.at(Instant.parse("2050-06-15T00:00:00Z"));
    scene.commit(change.move(Scene.post(Scene.OUTSIDE, scene.account(0), 1)));
    try (Connection connection = scene.database.application().getConnection()) {
      assertThat(EntryMonths.open(connection, YearMonth.of(2050, 6), 1)).isZero();
    }
  }

  private static void assertRefused(Connection connection, String sql, String why)
      throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining(why);
    }
  }
}

package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables that are cut by time: opened and dropped by the owner, at the application's bidding. */
class SlicesTest {
  private static final TestDatabase FRESH = TestDatabase.create();
  private static Database database;
  private static JdbcClient application;

  @BeforeAll
  static void open() {
    database = FRESH.open();
    application = JdbcClient.create(database.dataSource());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void slicesAreOpenAheadAndAreOpenedOnce() {
    assertThat(slices("evidence")).hasSizeGreaterThanOrEqualTo(4).contains("evidence_any");
    assertThat(count("SELECT open_slices('evidence')")).isZero();
    assertThatThrownBy(() -> count("SELECT open_slices('entry')"))
        .hasStackTraceContaining("no rows");
    assertThatThrownBy(() -> application.sql("DELETE FROM sliced").update())
        .hasStackTraceContaining("permission denied");
  }

  @Test
  void anOldSliceGoesAndNoneBeforeItsTime() throws SQLException {
    slice("evidence_old", "2020-01-01", "2020-02-01");
    slice("evidence_young", "2020-03-01", "now() - interval '100 days'");
    assertThat(dropped("evidence", "'100 years'")).isEqualTo("null");
    assertThat(dropped("evidence", "'0'")).isEqualTo("evidence_old");
    assertThat(dropped("evidence", "'0'")).isEqualTo("null");
    assertThat(slices("evidence")).contains("evidence_young").doesNotContain("evidence_old");
    assertThatThrownBy(() -> dropped("entry", "'0'")).hasStackTraceContaining("no rows");
  }

  @Test
  void whatIsOldGoesAtTheStartAndNobodyWaitsForLong() throws SQLException {
    slice("evidence_first", "2019-01-01", "2019-02-01");
    Retention years = new Retention("evidence", Duration.ofDays(1096));
    try (Slices slices = new Slices(database.dataSource(), Clock.systemUTC(), List.of(years))) {
      try (Connection reader = database.dataSource().getConnection();
          Statement statement = reader.createStatement()) {
        reader.setAutoCommit(false);
        statement.execute("SELECT count(*) FROM evidence");
        long start = System.nanoTime();
        slices.start();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(slices("evidence")).contains("evidence_first");
        reader.rollback();
      }
      slices.start();
    }
    assertThat(slices("evidence")).doesNotContain("evidence_first");
  }

  @Test
  void evidenceIsWrittenOnceAndOnlyThroughTheWhole() throws SQLException {
    String row = "(merchant_id, digest, id, operation, came_at, key_id, sealed";
    String values = "VALUES (1, '', 1, 'x', now(), 1, ''";
    application.sql("INSERT INTO evidence " + row + ") " + values + ")").update();
    String month =
        application
            .sql("SELECT tableoid::regclass::text FROM evidence WHERE merchant_id = 1")
            .query(String.class)
            .single();
    assertThat(month).matches("evidence_[0-9]{4}_[0-9]{2}");
    for (String forbidden :
        List.of(
            "INSERT INTO evidence " + row + ", received_at) " + values + ", '2000-01-01')",
            "INSERT INTO " + month + " " + row + ") " + values + ")",
            "INSERT INTO evidence_any " + row + ") " + values + ")",
            "UPDATE evidence SET digest = ''",
            "UPDATE " + month + " SET digest = ''",
            "DELETE FROM evidence",
            "DELETE FROM " + month,
            "TRUNCATE evidence",
            "DELETE FROM evidence_key")) {
      assertThatThrownBy(() -> application.sql(forbidden).update())
          .as(forbidden)
          .hasStackTraceContaining("permission denied");
    }
    for (String refused : List.of("DELETE FROM evidence", "TRUNCATE " + month)) {
      assertThatThrownBy(() -> asOwner(refused)).hasStackTraceContaining("append-only");
    }
  }

  private static void slice(String name, String from, String to) throws SQLException {
    String until = to.contains("(") ? to : "'" + to + "'";
    asOwner(
        "DO $$ BEGIN EXECUTE format('CREATE TABLE %s PARTITION OF evidence FOR VALUES FROM (%%L) TO (%%L)', '%s', %s); END $$"
            .formatted(name, from, until));
  }

  private static List<String> slices(String table) {
    return application
        .sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass")
        .param(table)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static int count(String sql) {
    return application.sql(sql).query(Integer.class).single();
  }

  private static String dropped(String table, String kept) {
    return application
        .sql("SELECT coalesce(drop_slice('" + table + "', " + kept + "), 'null')")
        .query(String.class)
        .single();
  }

  private static void asOwner(String sql) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(FRESH.url(), FRESH.user(), FRESH.password());
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}

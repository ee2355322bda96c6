package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Our own PostgreSQL: safe, closed to strangers, kept over restarts and deaths. */
class EmbeddedDatabaseTest {
  @TempDir private Path temporary;

  @Test
  void isSafeAndKeepsWhatWasCommitted() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      assertThat(ask(database, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(database, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(database, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(ask(database, "SHOW data_checksums")).isEqualTo("on");
      assertThat(ask(database, "SHOW server_version")).startsWith("18.");
      assertThat(ask(database, "SHOW server_encoding")).isEqualTo("UTF8");
      execute(database, "CREATE TABLE kept AS SELECT '通宝' AS word");
    }
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      assertThat(ask(database, "SELECT word FROM kept")).isEqualTo("通宝");
    }
  }

  @Test
  void wantsThePassword() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      PGSimpleDataSource stranger = database.superuser("postgres").owner();
      stranger.setPassword("guess");
      assertThatThrownBy(stranger::getConnection).hasMessageContaining("password");
      Path file = temporary.resolve("postgres.password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void letsOnlyOneProcessIntoTheFolder() {
    try (DataFolder folder = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> DataFolder.open(folder.path()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }
    DataFolder.open(temporary).close();
  }

  @Test
  void takesOverWhatAKilledProcessLeftRunning() throws Exception {
    Process forerunner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Forerunner.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(forerunner.inputReader().lines().anyMatch("ready"::equals)).isTrue();
    assertThatThrownBy(() -> DataFolder.open(temporary))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("in use by process " + forerunner.pid());
    forerunner.destroyForcibly().waitFor();
    long orphan = postmaster();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      assertThat(postmaster()).isNotEqualTo(orphan);
      assertThat(ask(database, "SELECT number FROM kept")).isEqualTo("1");
    }
  }

  /** A platform of its own process, to be killed. */
  static final class Forerunner {
    private Forerunner() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database = EmbeddedDatabase.start(DataFolder.open(Path.of(arguments[0])));
      execute(database, "CREATE TABLE kept AS SELECT 1 AS number");
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void startsAgainAfterADeath() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      execute(database, "CREATE TABLE kept AS SELECT 1 AS number");
      ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> "1".equals(ask(database, "SELECT number FROM kept")));
    }
  }

  @Test
  void asksForThePidFileOfAnotherProcessToBeForgotten() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary)) {
      EmbeddedDatabase.start(folder).close();
      Files.writeString(
          temporary.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");
      try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
        assertThat(ask(database, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void refusesTheFilesOfAnotherVersion() throws Exception {
    Files.createDirectories(temporary.resolve("postgres"));
    Files.writeString(temporary.resolve("postgres/PG_VERSION"), "17\n");
    try (DataFolder folder = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("PostgreSQL 17");
    }
  }

  private long postmaster() throws Exception {
    String first =
        Files.readAllLines(temporary.resolve("postgres/postmaster.pid")).getFirst().strip();
    return Long.parseLong(first);
  }

  private static String ask(EmbeddedDatabase database, String query) throws SQLException {
    try (Connection connection = database.superuser("postgres").owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.superuser("postgres").owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

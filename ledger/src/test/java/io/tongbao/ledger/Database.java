package io.tongbao.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A migrated database of a test class's own, in one PostgreSQL for the whole run that is set as
 * safely as in production.
 */
final class Database implements AutoCloseable {
  private static final String TEMPLATE = "ledger_template";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  /** As the server sets it. */
  private static final Map<String, String> DRIVER = Map.of("reWriteBatchedInserts", "true");

  private final String name;
  private final HikariDataSource application;

  private Database(String template) {
    name = "ledger_" + COUNT.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template, owner("postgres"));
    HikariConfig config = new HikariConfig();
    config.setDataSource(SERVER.getDatabase("postgres", name, DRIVER));
    config.setMaximumPoolSize(6);
    config.setMinimumIdle(0);
    config.setConnectionInitSql("SET ROLE tongbao_app");
    application = new HikariDataSource(config);
  }

  static Database empty() {
    return new Database(TEMPLATE);
  }

  /** Another database with the same content; nobody may be connected to this one meanwhile. */
  Database copy() {
    disconnectAll();
    return new Database(name);
  }

  /** Ends every connection to this database, as an administrator would. */
  int disconnectAll() {
    return Integer.parseInt(
        query(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                + " WHERE datname = '%s' AND pid <> pg_backend_pid()".formatted(name),
            owner("postgres")));
  }

  /** Connections that work as the application's role. */
  DataSource application() {
    return application;
  }

  /** Connections as the superuser who owns everything. */
  DataSource owner() {
    return owner(name);
  }

  /** Kills one of the server's processes: it drops all others and recovers from its journal. */
  int crash() {
    String victim =
        query(
            "SELECT pid FROM pg_stat_activity WHERE datname = '%s' AND pid <> pg_backend_pid()"
                    .formatted(name)
                + " UNION ALL SELECT pg_backend_pid() LIMIT 1",
            owner("postgres"));
    boolean killed =
        ProcessHandle.of(Long.parseLong(victim)).map(ProcessHandle::destroyForcibly).orElse(false);
    while (!answers()) {
      Thread.onSpinWait();
    }
    return killed ? 1 : 0;
  }

  private static boolean answers() {
    try (Connection connection = owner("postgres").getConnection()) {
      return connection.isValid(5);
    } catch (SQLException recovering) {
      return false;
    }
  }

  /** Lets the pool forget connections that were ended behind its back. */
  void forgetConnections() {
    application.getHikariPoolMXBean().softEvictConnections();
  }

  int port() {
    return SERVER.getPort();
  }

  /** Runs statements as the owner. */
  void execute(String sql) {
    execute(sql, owner());
  }

  /** The first column of the first row, read as the owner. */
  String query(String sql) {
    return query(sql, owner());
  }

  @Override
  public void close() {
    application.close();
    execute("DROP DATABASE " + name + " WITH (FORCE)", owner("postgres"));
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "200")
              .start();
      execute("CREATE DATABASE " + TEMPLATE, server.getPostgresDatabase());
      Flyway.configure()
          .dataSource(server.getDatabase("postgres", TEMPLATE))
          .locations("classpath:db/ledger")
          .load()
          .migrate();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataSource owner(String database) {
    return SERVER.getDatabase("postgres", database);
  }

  private static void execute(String sql, DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String query(String sql, DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

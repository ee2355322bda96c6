package io.tongbao.server.boot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The platform's database, migrated and open. The owner of the tables migrates them and is then
 * seen no more: every connection that is handed out has put on the role {@value #ROLE}, which can
 * neither update nor delete an entry, and gives up what takes too long.
 */
public final class Database implements AutoCloseable {
  /** What the application may do. The ledger's first migration grants it what it needs. */
  static final String ROLE = "tongbao_app";

  private static final String TOO_LONG =
      "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=5s";
  private static final String OURS =
      """
      SELECT oid::regclass::text AS name, relname
        FROM pg_class
       WHERE relkind IN ('r', 'p') AND relowner = current_user::regrole
         AND relname <> 'flyway_schema_history'
      """;

  private static final String LOCKED = "55P03";
  private static final int MOST_TRIES = 500;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  /** As long as a statement may take: who waits longer waits for something that is broken. */
  private static final long WAIT_FOR_CONNECTION_MILLIS = 5_000;

  private final HikariDataSource application;
  private final DatabaseAddress address;
  private final @Nullable EmbeddedDatabase server;

  private Database(
      HikariDataSource application, DatabaseAddress address, @Nullable EmbeddedDatabase server) {
    this.application = application;
    this.address = address;
    this.server = server;
  }

  /** Opens the database at {@code address}, which somebody else runs. */
  public static Database at(DatabaseAddress address, int connections) {
    Migrations.run(address);
    return new Database(pool(address, connections), address, null);
  }

  /** Starts the data folder's own database and opens it. */
  static Database in(DataFolder folder, int connections) {
    EmbeddedDatabase server = EmbeddedDatabase.start(folder);
    try {
      prepare(server, "tongbao");
      DatabaseAddress address = server.owner("tongbao");
      Migrations.run(address);
      return new Database(pool(address, connections), address, server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Connections in the application's role. */
  public DataSource dataSource() {
    return application;
  }

  /**
   * Empties all tables but {@code kept} and does {@code then}, in one commit, as their owner, the
   * journal too. For the sandbox, which may start anew; no other code has a way to the owner.
   */
  public void empty(Set<String> kept, List<String> then) {
    try (Connection connection = address.owner().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (!exists(statement, "SELECT FROM platform WHERE profile = 'SANDBOX'")) {
        throw new IllegalStateException("only a sandbox's tables may be emptied");
      }
      statement.execute("SET LOCAL lock_timeout = '10s'");
      // Each batch of the ledger begins with its poster's row: none is under way then.
      statement.execute("LOCK TABLE poster IN SHARE ROW EXCLUSIVE MODE");
      List<String> tables = tables(statement, kept);
      lockAll(connection, statement, tables);
      for (String table : tables) {
        statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
      }
      statement.execute("TRUNCATE " + String.join(", ", tables));
      for (String table : tables) {
        statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER USER");
      }
      for (String each : then) {
        statement.execute(each);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the tables could not be emptied", e);
    }
  }

  /** All at once or none: who waits for one of them while he holds others waits for his waiter. */
  private static void lockAll(Connection connection, Statement statement, List<String> tables)
      throws SQLException {
    String all = "LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE NOWAIT";
    Savepoint before = connection.setSavepoint();
    for (int tries = 1; ; tries++) {
      try {
        statement.execute(all);
        return;
      } catch (SQLException busy) {
        if (!LOCKED.equals(busy.getSQLState()) || tries == MOST_TRIES) {
          throw busy;
        }
        connection.rollback(before);
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private static List<String> tables(Statement statement, Set<String> kept) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(OURS)) {
      while (rows.next()) {
        if (!kept.contains(rows.getString("relname"))) {
          tables.add(rows.getString("name"));
        }
      }
    }
    return tables;
  }

  /** Makes the owner and an empty database of his in our own server, where they are missing. */
  static void prepare(EmbeddedDatabase server, String name) {
    String password = String.valueOf(server.owner(name).owner().getPassword());
    try (Connection connection = server.superuser("postgres").owner().getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = 'tongbao'")) {
        statement.execute("CREATE ROLE tongbao LOGIN CREATEROLE");
      }
      statement.execute("ALTER ROLE tongbao PASSWORD '" + password + "'");
      statement.execute("GRANT pg_read_all_stats TO tongbao WITH ADMIN OPTION");
      if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + name + "'")) {
        statement.execute("CREATE DATABASE " + name + " OWNER tongbao");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not be prepared", e);
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  /** The role comes with the connection's start, so that no RESET can take it off. */
  private static HikariDataSource pool(DatabaseAddress address, int connections) {
    PGSimpleDataSource source = address.owner();
    source.setApplicationName("tongbao");
    source.setOptions("-c role=" + ROLE + " " + TOO_LONG);
    source.setLogServerErrorDetail(false);
    source.setReWriteBatchedInserts(true);
    HikariConfig config = new HikariConfig();
    config.setPoolName("tongbao");
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setConnectionInitSql("SET TIME ZONE 'UTC'");
    config.setConnectionTimeout(WAIT_FOR_CONNECTION_MILLIS);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    application.close();
    if (server != null) {
      server.close();
    }
  }
}

package io.tongbao.ledger;

import io.tongbao.ledger.AuditReport.Violation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Checks what must be true at any time. All statements see one and the same moment, so it may run
 * while money moves, and it locks nothing.
 */
public final class Audit {
  private static final int MOST_DETAILS = 5;

  private final DataSource source;
  private final List<Invariant> invariants;

  public Audit(DataSource source, List<Invariant> invariants) {
    this.source = source;
    this.invariants = List.copyOf(invariants);
  }

  /** Checks all. An invariant that cannot be checked counts as violated. */
  public AuditReport run() {
    long start = System.nanoTime();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        begin(statement);
        List<Violation> violations = new ArrayList<>();
        for (Invariant invariant : invariants) {
          List<String> details = check(connection, statement, invariant);
          if (!details.isEmpty()) {
            violations.add(new Violation(invariant.id(), invariant.statement(), details));
          }
        }
        long entries = entries(statement);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        return new AuditReport(violations.isEmpty(), violations, millis, entries);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new LedgerFault("the audit cannot run", e);
    }
  }

  private static void begin(Statement statement) throws SQLException {
    statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    statement.execute("SET LOCAL statement_timeout = '5min'");
    statement.execute("SET LOCAL work_mem = '64MB'");
  }

  private static List<String> check(Connection connection, Statement statement, Invariant invariant)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (ResultSet row = statement.executeQuery(firstRows(invariant))) {
      List<String> details = new ArrayList<>();
      while (row.next()) {
        details.add(detail(row));
      }
      return details;
    } catch (SQLException e) {
      connection.rollback(before);
      return List.of("cannot be checked: " + e.getMessage());
    }
  }

  private static String firstRows(Invariant invariant) {
    return "SELECT * FROM (" + invariant.sql() + ") violated LIMIT " + MOST_DETAILS;
  }

  private static String detail(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<String> parts = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      parts.add(columns.getColumnLabel(i) + "=" + row.getString(i));
    }
    return String.join(" ", parts);
  }

  private static long entries(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM entry")) {
      row.next();
      return row.getLong(1);
    }
  }
}

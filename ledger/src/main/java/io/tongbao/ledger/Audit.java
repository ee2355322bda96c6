package io.tongbao.ledger;

import io.tongbao.ledger.AuditReport.Check;
import io.tongbao.ledger.AuditReport.Violation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/**
 * Checks what must be true at any time. All statements see one and the same moment, so it may run
 * while money moves, and it locks nothing.
 *
 * <p>A whole audit that passed seals the closed days: from then on an audit of what is open leaves
 * them out, as far as the invariants can be told without them.
 */
public final class Audit {
  private static final int MOST_DETAILS = 5;

  private final DataSource source;
  private final List<Invariant> invariants;
  private final SealedDays seals;

  public Audit(DataSource source, List<Invariant> invariants) {
    this.source = source;
    this.invariants = List.copyOf(invariants);
    this.seals = new SealedDays(this.invariants);
  }

  /** Checks everything. An invariant that cannot be checked counts as violated. */
  public AuditReport run() {
    return inOneMoment((connection, statement) -> {
      LocalDate closed = SealedDays.closed(statement);
      AuditReport report = check(connection, statement, Invariant.EVER);
      connection.rollback();
      if (report.passed() && closed != null) {
        seals.seal(connection, closed);
      }
      return report;
    });
  }

  /** Checks what was written since the last sealed day, and what the seals say of those before. */
  public AuditReport runOpen() {
    return inOneMoment(
        (connection, statement) -> check(connection, statement, seals.end(statement)));
  }

  private interface Work {
    AuditReport in(Connection connection, Statement statement) throws SQLException;
  }

  private AuditReport inOneMoment(Work work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // No LIMIT: with one, plans are made for finding a few rows soon, and there are none.
        statement.setMaxRows(MOST_DETAILS);
        begin(statement);
        return work.in(connection, statement);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new LedgerFault("the audit cannot run", e);
    }
  }

  private AuditReport check(Connection connection, Statement statement, String since)
      throws SQLException {
    long start = System.nanoTime();
    List<Violation> violations = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (Invariant invariant : invariants) {
      long from = System.nanoTime();
      List<String> details = check(connection, statement, invariant, since);
      checks.add(new Check(invariant.id(), invariant.statement(), microsSince(from)));
      if (!details.isEmpty()) {
        violations.add(new Violation(invariant.id(), invariant.statement(), details));
      }
    }
    checks.sort(Comparator.comparingLong(Check::micros).reversed());
    long entries = entries(connection, since);
    long millis = microsSince(start) / 1000;
    return new AuditReport(violations.isEmpty(), violations, since, millis, entries, checks);
  }

  private static long microsSince(long from) {
    return (System.nanoTime() - from) / 1000;
  }

  private static void begin(Statement statement) throws SQLException {
    statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    statement.execute("SET LOCAL statement_timeout = '5min'");
    statement.execute("SET LOCAL work_mem = '64MB'");
  }

  private static List<String> check(
      Connection connection, Statement statement, Invariant invariant, String since)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (ResultSet row = statement.executeQuery(invariant.since(since))) {
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

  private static String detail(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<String> parts = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      parts.add(columns.getColumnLabel(i) + "=" + row.getString(i));
    }
    return String.join(" ", parts);
  }

  private static long entries(Connection connection, String since) throws SQLException {
    String sql = "SELECT count(*) FROM entry WHERE created_at >= ?::timestamptz";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, since);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

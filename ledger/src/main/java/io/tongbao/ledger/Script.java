package io.tongbao.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several statements on one journey to the database. Each sees what those before it did, as if they
 * went one by one; what it saves are the waits between them, while the rows are locked.
 */
final class Script {
  /** Takes one row of an answer. */
  interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  /** Takes the number of rows that a statement wrote. */
  interface Count {
    void check(int rows);
  }

  private sealed interface Step {
    String sql();

    List<Object> parameters();
  }

  private record Select(String sql, Reader reader, List<Object> parameters) implements Step {}

  private record Write(String sql, Count count, List<Object> parameters) implements Step {}

  private final List<Step> steps = new ArrayList<>();

  void select(String sql, Reader reader, Object... parameters) {
    steps.add(new Select(sql, reader, List.of(parameters)));
  }

  void write(String sql, Count count, Object... parameters) {
    steps.add(new Write(sql, count, List.of(parameters)));
  }

  /** Writes the columns of some rows, where there are any; each of them must be written. */
  void write(String sql, Columns<?> columns) {
    int rows = columns.rows();
    if (rows == 0) {
      return;
    }
    write(sql, written -> requireAll(written, rows), columns.toArray());
  }

  void run(Connection connection) throws SQLException {
    if (steps.isEmpty()) {
      return;
    }
    String sql = steps.stream().map(Step::sql).collect(Collectors.joining(";\n"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 0;
      for (Step step : steps) {
        for (Object parameter : step.parameters()) {
          statement.setObject(++index, parameter);
        }
      }
      statement.execute();
      for (Step step : steps) {
        take(statement, step);
        statement.getMoreResults();
      }
    }
  }

  private static void take(PreparedStatement statement, Step step) throws SQLException {
    switch (step) {
      case Write write -> write.count().check(statement.getUpdateCount());
      case Select select -> {
        try (ResultSet row = statement.getResultSet()) {
          while (row.next()) {
            select.reader().read(row);
          }
        }
      }
    }
  }

  private static void requireAll(int written, int rows) {
    if (written != rows) {
      throw new IllegalStateException(written + " of " + rows + " rows written");
    }
  }
}

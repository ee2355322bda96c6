package io.tongbao.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows on their way into one set-wise statement, a column per parameter. */
final class Columns<T> implements AutoCloseable {
  private final PreparedStatement statement;
  private final List<T> rows;
  private int column;

  private Columns(PreparedStatement statement, List<T> rows) {
    this.statement = statement;
    this.rows = rows;
  }

  static <T> Columns<T> of(Connection connection, String sql, List<T> rows) throws SQLException {
    return new Columns<>(connection.prepareStatement(sql), rows);
  }

  Columns<T> longs(ToLongFunction<T> value) throws SQLException {
    return set(rows.stream().mapToLong(value).toArray());
  }

  Columns<T> ints(ToIntFunction<T> value) throws SQLException {
    return set(rows.stream().mapToInt(value).toArray());
  }

  Columns<T> booleans(Function<T, Boolean> value) throws SQLException {
    return set(rows.stream().map(value).toArray(Boolean[]::new));
  }

  Columns<T> texts(Function<T, @Nullable String> value) throws SQLException {
    return set(rows.stream().map(value).toArray(String[]::new));
  }

  Columns<T> bytes(Function<T, byte @Nullable []> value) throws SQLException {
    return set(rows.stream().map(value).toArray(byte[][]::new));
  }

  /** The database keeps microseconds and would round: a moment must not slip into the next day. */
  Columns<T> times(Function<T, Instant> value) throws SQLException {
    return texts(row -> value.apply(row).truncatedTo(ChronoUnit.MICROS).toString());
  }

  /** Sends the statement; answers how many rows it wrote. */
  int write() throws SQLException {
    return statement.executeUpdate();
  }

  /** Sends the statement, which must write each of the rows. */
  void writeAll() throws SQLException {
    int written = write();
    if (written != rows.size()) {
      throw new IllegalStateException(written + " of " + rows.size() + " rows written");
    }
  }

  private Columns<T> set(Object array) throws SQLException {
    statement.setObject(++column, array);
    return this;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}

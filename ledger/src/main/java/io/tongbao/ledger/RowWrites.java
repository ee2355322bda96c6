package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The row writes of a batch. Equal texts of different changes are sent together; within one change
 * the writes keep their order.
 */
final class RowWrites {
  private record Group(String sql, List<RowWrite> writes) {
    /**
     * The text to send. An insert may succeed without a row where it says so; a driver that joins
     * inserts into one ({@code reWriteBatchedInserts}) does not tell then how many rows there were.
     * It joins only what begins with INSERT.
     */
    String counted() {
      boolean mayMiss = writes.size() > 1 && MAY_MISS.matcher(sql).find();
      return mayMiss ? "WITH counted AS (SELECT) " + sql : sql;
    }
  }

  private static final Pattern MAY_MISS =
      Pattern.compile("\\bon\\s+conflict\\b", Pattern.CASE_INSENSITIVE);

  private static final String UNIQUE_VIOLATION = "23505";

  private final List<Group> groups = new ArrayList<>();

  private RowWrites() {}

  /** Sends all; answers whether each hit exactly one row. */
  static boolean hitAll(Connection connection, List<Accepted> all) throws SQLException {
    RowWrites writes = new RowWrites();
    for (Accepted each : all) {
      writes.add(each.change().writes());
    }
    for (Group group : writes.groups) {
      if (!hitAll(connection, group)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sends the writes of one change one after the other.
   *
   * @return what the first one that hit no row, or met a unique key, is about; null if all hit
   */
  static @Nullable String miss(Connection connection, Change change) throws SQLException {
    for (RowWrite write : change.writes()) {
      try {
        if (!hit(connection, write)) {
          return write.row();
        }
      } catch (SQLException e) {
        if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
          return write.row();
        }
        throw e;
      }
    }
    return null;
  }

  private void add(List<RowWrite> writes) {
    int from = 0;
    for (RowWrite write : writes) {
      from = add(write, from);
    }
  }

  /** Puts a write into the first group of its text that is not before {@code from}. */
  private int add(RowWrite write, int from) {
    for (int i = from; i < groups.size(); i++) {
      if (groups.get(i).sql().equals(write.sql())) {
        groups.get(i).writes().add(write);
        return i;
      }
    }
    groups.add(new Group(write.sql(), new ArrayList<>(List.of(write))));
    return groups.size() - 1;
  }

  private static boolean hitAll(Connection connection, Group group) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(group.counted())) {
      for (RowWrite write : group.writes()) {
        bind(statement, write);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (!one(counts[i], group.writes().get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean hit(Connection connection, RowWrite write) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(write.sql())) {
      bind(statement, write);
      return one(statement.executeUpdate(), write);
    }
  }

  private static boolean one(int count, RowWrite write) {
    if (count > 1) {
      throw new IllegalStateException(count + " rows hit instead of one: " + write.row());
    }
    return count == 1 || count == Statement.SUCCESS_NO_INFO;
  }

  private static void bind(PreparedStatement statement, RowWrite write) throws SQLException {
    int index = 0;
    for (Object parameter : write.parameters()) {
      statement.setObject(++index, plain(parameter));
    }
  }

  private static @Nullable Object plain(@Nullable Object parameter) {
    return switch (parameter) {
      case Instant instant -> instant.atOffset(ZoneOffset.UTC);
      case Bytes bytes -> bytes.toArray();
      case null -> null;
      case Object other -> other;
    };
  }
}

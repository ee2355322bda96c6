package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * On tables that were never analyzed, whoever names a whole key is led to the row by an index of
 * that key, and not by another one that begins with the merchant.
 */
class FirstStatisticsTest {
  private static final String KEYS =
      """
      SELECT t.relname AS held, a.attname AS part, format_type(a.atttypid, NULL) AS type,
             k.relname AS key
        FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid AND t.relkind = 'r'
        JOIN pg_class k ON k.oid = i.indexrelid
        CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS c (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.number
       WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL
         AND EXISTS (SELECT FROM pg_attribute m JOIN pg_index p ON p.indrelid = m.attrelid
                      WHERE p.indexrelid = i.indexrelid AND m.attname = 'merchant_id'
                        AND m.attnum = ANY (i.indkey))
         AND array_length(i.indkey::int2[], 1) > 1
       ORDER BY t.relname, k.relname, c.place
      """;

  private record Part(String held, String column, String type, String key) {}

  @Test
  void namingAWholeKeyFindsItsRowByAnIndexOfThatKey() throws SQLException {
    try (Database database = TestDatabase.create().open();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET plan_cache_mode = force_generic_plan");
      List<String> astray = new ArrayList<>();
      var keys =
          parts(statement).stream()
              .collect(Collectors.groupingBy(Part::key, TreeMap::new, Collectors.toList()));
      assertThat(keys).hasSizeGreaterThan(20);
      for (List<Part> key : keys.values()) {
        String plan = plan(statement, key);
        if (!plan.contains(condition(key))) {
          astray.add(key + "\n" + plan);
        }
      }
      assertThat(astray).isEmpty();
    }
  }

  private static List<Part> parts(Statement statement) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        parts.add(new Part(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
      }
    }
    return parts;
  }

  private static String plan(Statement statement, List<Part> key) throws SQLException {
    String where =
        IntStream.range(0, key.size())
            .mapToObj(i -> key.get(i).column() + " = $" + (i + 1) + "::" + key.get(i).type())
            .collect(Collectors.joining(" AND "));
    statement.execute(
        "PREPARE whole AS SELECT * FROM " + key.getFirst().held() + " WHERE " + where);
    List<String> lines = new ArrayList<>();
    String nulls = String.join(", ", Collections.nCopies(key.size(), "NULL"));
    try (ResultSet row = statement.executeQuery("EXPLAIN EXECUTE whole (" + nulls + ")")) {
      while (row.next()) {
        lines.add(row.getString(1));
      }
    }
    statement.execute("DEALLOCATE whole");
    return String.join("\n", lines);
  }

  /** What the plan looks for in the index: all parts of the key. */
  private static String condition(List<Part> key) {
    return IntStream.range(0, key.size())
        .mapToObj(i -> "(" + key.get(i).column() + " = $" + (i + 1) + ")")
        .collect(Collectors.joining(" AND ", "Index Cond: (", ")"));
  }
}

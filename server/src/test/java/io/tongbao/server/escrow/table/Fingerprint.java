package io.tongbao.server.escrow.table;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored, as a number of rows and a digest of them, per table. */
final class Fingerprint {
  /**
   * Tables that refused calls may write to: what was signed and answered, tries of codes and
   * passwords, and what notices and channels do meanwhile.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "replay_guard",
          "evidence",
          "evidence_key",
          "one_time_code",
          "payment_password",
          "poster",
          "news",
          "notice",
          "notice_attempt",
          "notice_done",
          "notice_endpoint",
          "notice_warning",
          "channel_request",
          "flyway_schema_history");

  private static final List<String> MONEY =
      List.of("account", "entry", "hold", "hold_move", "orders", "order_part", "member_freeze");

  private final JdbcClient jdbc;
  private final List<String> tables;

  Fingerprint(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.tables =
        jdbc
            .sql(
                """
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                """)
            .query((row, _) -> String.valueOf(row.getString(1)))
            .list()
            .stream()
            .filter(table -> !OTHERS.contains(table))
            .toList();
  }

  Map<String, String> ofAll() {
    Map<String, String> all = new TreeMap<>();
    tables.forEach(table -> all.put(table, of(table)));
    return all;
  }

  /** The ledger and the orders only. */
  String ofMoney() {
    return String.join("/", MONEY.stream().map(this::of).toList());
  }

  private String of(String table) {
    return jdbc.sql(
            """
            SELECT concat(count(*), ' ', md5(string_agg(d, '' ORDER BY d)))
            FROM (SELECT md5(t::text) AS d FROM %s t) AS rows
            """
                .formatted(table))
        .query(String.class)
        .single();
  }
}

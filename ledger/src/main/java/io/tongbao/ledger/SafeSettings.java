package io.tongbao.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The database's settings without which an answered payment can vanish in a crash, or the journal
 * be changed. Who starts the ledger asks first, and refuses to start where something is found.
 */
public final class SafeSettings {
  private static final String SETTINGS =
      """
      SELECT name, setting
        FROM pg_settings
       WHERE name IN ('fsync', 'full_page_writes') AND setting <> 'on'
          OR name = 'synchronous_commit' AND setting NOT IN ('on', 'remote_write', 'remote_apply')
       ORDER BY name
      """;
  private static final String RIGHTS =
      """
      SELECT r.oid::regclass AS relation, p AS privilege
        FROM pg_class r, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p
       WHERE (r.oid IN ('entry'::regclass, 'ledger_txn'::regclass, 'hold_move'::regclass,
                        'account_lock'::regclass, 'ledger_day'::regclass,
                        'day_balance'::regclass, 'sealed_day'::regclass)
              OR r.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'entry'::regclass))
         AND has_table_privilege(current_user, r.oid, p)
       ORDER BY 1, 2
      """;

  private SafeSettings() {}

  /**
   * What was found.
   *
   * @param violations why the ledger must not start; empty is good
   * @param checksums whether the server would notice a page that the disk spoiled
   */
  public record Findings(List<String> violations, boolean checksums) {
    public Findings {
      violations = List.copyOf(violations);
    }
  }

  /** Looks at the settings as they are for this connection and its current role. */
  public static Findings check(Connection connection) throws SQLException {
    List<String> violations = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(SETTINGS)) {
        while (row.next()) {
          violations.add(row.getString(1) + " is " + row.getString(2));
        }
      }
      try (ResultSet row = statement.executeQuery(RIGHTS)) {
        while (row.next()) {
          violations.add("the role may " + row.getString(2) + " " + row.getString(1));
        }
      }
      try (ResultSet row = statement.executeQuery("SHOW data_checksums")) {
        row.next();
        return new Findings(violations, "on".equals(row.getString(1)));
      }
    }
  }
}

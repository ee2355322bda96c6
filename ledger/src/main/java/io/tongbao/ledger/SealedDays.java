package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed days that a whole audit has found in order, by these very invariants: a seal that
 * others have made means nothing to an audit that asks for more.
 */
final class SealedDays {
  private final String invariants;

  SealedDays(List<Invariant> invariants) {
    String all =
        invariants.stream().map(Invariant::toString).sorted().collect(Collectors.joining("\n"));
    this.invariants = Bytes.utf8(all).sha256().hex();
  }

  /** When the last sealed day ended, as the database spells it. */
  String end(Statement statement) throws SQLException {
    String sql =
        "SELECT coalesce(max(d.closes_at), '-infinity')::text"
            + " FROM sealed_day s JOIN ledger_day d ON d.day = s.day WHERE s.invariants = '";
    try (ResultSet row = statement.executeQuery(sql + invariants + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  /** The last closed day that this moment knows, where there is one. */
  static @Nullable LocalDate closed(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT max(day) FROM ledger_day")) {
      row.next();
      return row.getObject(1, LocalDate.class);
    }
  }

  /** Seals what is closed up to that day and was found in order. */
  void seal(Connection connection, LocalDate through) throws SQLException {
    try (Statement settings = connection.createStatement();
        PreparedStatement call = connection.prepareStatement("SELECT seal_days(?, ?)")) {
      settings.execute("SET LOCAL statement_timeout = '5min'");
      call.setString(1, invariants);
      call.setObject(2, through);
      call.execute();
      connection.commit();
    }
  }
}

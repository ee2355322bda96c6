package io.tongbao.server.recon;

import io.tongbao.server.merchant.Merchant;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of published files. */
@Component
final class LineFileRows {
  private static final RowMapper<LineFile> FILE =
      (row, _) ->
          new LineFile(
              row.getInt("merchant_id"),
              row.getString("kind"),
              row.getDate("day").toLocalDate(),
              row.getInt("generation"),
              row.getString("name"),
              row.getString("path"),
              row.getLong("lines"),
              row.getLong("bytes"),
              row.getTimestamp("made_at").toInstant());

  private final JdbcClient database;

  LineFileRows(JdbcClient database) {
    this.database = database;
  }

  /** The newest generation of a day. */
  Optional<LineFile> newest(Merchant merchant, String kind, LocalDate day) {
    return database
        .sql(
            """
            SELECT * FROM line_file WHERE merchant_id = ? AND kind = ? AND day = ?
            ORDER BY generation DESC LIMIT 1
            """)
        .params(merchant.id(), kind, Date.valueOf(day))
        .query(FILE)
        .optional();
  }

  /** The newest generation of the file that the merchant calls so. */
  Optional<LineFile> named(Merchant merchant, String name) {
    return database
        .sql(
            """
            SELECT * FROM line_file WHERE merchant_id = ? AND name = ?
            ORDER BY generation DESC LIMIT 1
            """)
        .params(merchant.id(), name)
        .query(FILE)
        .optional();
  }

  /** Where all those of a kind lie. */
  Set<String> paths(Merchant merchant, String kind) {
    return database
        .sql("SELECT path FROM line_file WHERE merchant_id = ? AND kind = ?")
        .params(merchant.id(), kind)
        .query((row, _) -> row.getString(1))
        .set();
  }

  /** Those of days before {@code first}. */
  List<LineFile> before(Merchant merchant, String kind, LocalDate first) {
    return database
        .sql(
            """
            SELECT f.* FROM line_file f WHERE f.merchant_id = ? AND f.kind = ? AND f.day < ?
            """)
        .params(merchant.id(), kind, Date.valueOf(first))
        .query(FILE)
        .list();
  }

  /** Forgets a day's publications, in the caller's transaction: with their lines, or not at all. */
  static void forget(Connection writing, LineFile file) throws SQLException {
    for (String table : List.of("line_file_row", "line_file")) {
      String sql = "DELETE FROM " + table + " WHERE merchant_id = ? AND kind = ? AND day = ?";
      try (PreparedStatement delete = writing.prepareStatement(sql)) {
        delete.setInt(1, file.merchant());
        delete.setString(2, file.kind());
        delete.setDate(3, Date.valueOf(file.day()));
        delete.executeUpdate();
      }
    }
  }

  /** Writes a publication down, in the transaction of its lines. */
  static void insert(Connection writing, LineFile file, Totals totals) throws SQLException {
    String sql =
        """
        INSERT INTO line_file
          (merchant_id, kind, day, generation, name, path, lines, bytes, totals, made_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = writing.prepareStatement(sql)) {
      insert.setInt(1, file.merchant());
      insert.setString(2, file.kind());
      insert.setDate(3, Date.valueOf(file.day()));
      insert.setInt(4, file.generation());
      insert.setString(5, file.name());
      insert.setString(6, file.path());
      insert.setLong(7, file.lines());
      insert.setLong(8, file.bytes());
      insert.setString(9, totals.toString());
      insert.setTimestamp(10, Timestamp.from(file.madeAt()));
      insert.executeUpdate();
    }
  }
}

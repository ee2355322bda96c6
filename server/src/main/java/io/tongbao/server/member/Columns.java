package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How this package's values stand in columns: instants as timestamptz, secrets sealed. */
final class Columns {
  private Columns() {}

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Instant requiredTime(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A table's sealed columns. */
  record Sealed(Vault vault, String table) {

    byte[] seal(String column, long id, Secret value) {
      return vault.seal(table, column, id, value);
    }

    byte @Nullable [] sealIfThere(String column, long id, @Nullable Secret value) {
      return value == null ? null : vault.seal(table, column, id, value);
    }

    Secret open(ResultSet row, String column, long id) throws SQLException {
      return vault.open(table, column, id, row.getBytes(column));
    }

    @Nullable Secret openIfThere(ResultSet row, String column, long id) throws SQLException {
      byte[] sealed = row.getBytes(column);
      return sealed == null ? null : vault.open(table, column, id, sealed);
    }
  }
}

package io.tongbao.server.vault;

import io.tongbao.kernel.Bytes;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of wrapped data keys. */
final class DataKeys {

  /** A data key as it lies in the database. */
  record Wrapped(String name, int version, Bytes key) {}

  private static final String SELECT = "SELECT name, version, wrapped FROM data_key ";

  private final JdbcClient jdbc;

  DataKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Wrapped> all() {
    return read(jdbc.sql(SELECT + "ORDER BY name, version"));
  }

  List<Wrapped> of(String name) {
    return read(jdbc.sql(SELECT + "WHERE name = ? ORDER BY version").param(name));
  }

  /** Adds a key unless another node was quicker. */
  void add(Wrapped key) {
    jdbc.sql(
            """
            INSERT INTO data_key (name, version, wrapped) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(key.name(), key.version(), key.key().toArray())
        .update();
  }

  /** Replaces the wrapping of a key; the key itself stays. */
  void rewrap(Wrapped key) {
    jdbc.sql("UPDATE data_key SET wrapped = ? WHERE name = ? AND version = ?")
        .params(key.key().toArray(), key.name(), key.version())
        .update();
  }

  private static List<Wrapped> read(JdbcClient.StatementSpec statement) {
    return statement
        .query((row, number) ->
            new Wrapped(
                row.getString("name"), row.getInt("version"), Bytes.of(row.getBytes("wrapped"))))
        .list();
  }
}

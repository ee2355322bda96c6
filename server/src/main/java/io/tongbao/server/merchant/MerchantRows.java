package io.tongbao.server.merchant;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.vault.Vault;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of merchants and their keys. */
@Component
final class MerchantRows {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final String SELECT =
      """
      SELECT id, face, code, name, settings::text AS settings, sources, hosts, clock_offset_ms,
             state, version
        FROM merchant
      """;

  /** A merchant's row, without its keys. */
  record Row(Merchant merchant, boolean open, long version) {}

  private final JdbcClient jdbc;
  private final Vault vault;

  MerchantRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  int newId() {
    return jdbc.sql("SELECT nextval('merchant_number')::int").query(Integer.class).single();
  }

  Optional<Row> row(int id) {
    return jdbc.sql(SELECT + "WHERE id = ?").param(id).query(MerchantRows::read).optional();
  }

  List<Row> all() {
    return jdbc.sql(SELECT + "ORDER BY id").query(MerchantRows::read).list();
  }

  Map<String, Secret> keys(int id) {
    Map<String, Secret> keys = new HashMap<>();
    jdbc.sql("SELECT purpose, sealed FROM merchant_key WHERE merchant_id = ?")
        .param(id)
        .query(row -> {
          String purpose = row.getString("purpose");
          byte[] sealed = row.getBytes("sealed");
          keys.put(purpose, vault.open("merchant_key", purpose, id, sealed));
        });
    return keys;
  }

  RowWrite insert(int id, NewMerchant merchant) {
    return RowWrite.of(
        "merchant",
        """
        INSERT INTO merchant (id, face, code, name, settings, sources, hosts)
        VALUES (?, ?, ?, ?, ?::jsonb,
                ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
                ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
        ON CONFLICT DO NOTHING
        """,
        id,
        merchant.face().code(),
        merchant.code(),
        merchant.name(),
        JSON.writeValueAsString(merchant.settings()),
        JSON.writeValueAsString(merchant.sources()),
        JSON.writeValueAsString(merchant.hosts()));
  }

  RowWrite putKey(int id, String purpose, Secret key) {
    return RowWrite.of(
        "merchant_key",
        """
        INSERT INTO merchant_key (merchant_id, purpose, sealed) VALUES (?, ?, ?)
        ON CONFLICT (merchant_id, purpose) DO UPDATE SET sealed = excluded.sealed
        """,
        id,
        purpose,
        vault.seal("merchant_key", purpose, id, key));
  }

  RowWrite dropKey(int id, String purpose) {
    return RowWrite.of(
        "merchant_key",
        "DELETE FROM merchant_key WHERE merchant_id = ? AND purpose = ?",
        id,
        purpose);
  }

  RowWrite touch(int id) {
    return RowWrite.of("merchant", "UPDATE merchant SET version = version + 1 WHERE id = ?", id);
  }

  RowWrite settings(int id, Map<String, String> settings) {
    return RowWrite.of(
        "merchant",
        """
        UPDATE merchant SET settings = settings || ?::jsonb, version = version + 1 WHERE id = ?
        """,
        JSON.writeValueAsString(settings),
        id);
  }

  RowWrite onlySettings(int id, Map<String, String> settings) {
    return RowWrite.of(
        "merchant",
        "UPDATE merchant SET settings = ?::jsonb, version = version + 1 WHERE id = ?",
        JSON.writeValueAsString(settings),
        id);
  }

  RowWrite sources(int id, List<String> sources) {
    return RowWrite.of(
        "merchant",
        """
        UPDATE merchant SET sources = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
               version = version + 1
         WHERE id = ?
        """,
        JSON.writeValueAsString(sources),
        id);
  }

  /** Sets the clock ahead of the world by so much, unless it already is further ahead. */
  RowWrite clock(int id, Duration offset) {
    return RowWrite.of(
        "clock",
        """
        UPDATE merchant SET clock_offset_ms = ?, version = version + 1
         WHERE id = ? AND clock_offset_ms <= ?
        """,
        offset.toMillis(),
        id,
        offset.toMillis());
  }

  RowWrite advance(int id, Duration step) {
    return RowWrite.of(
        "clock",
        """
        UPDATE merchant SET clock_offset_ms = clock_offset_ms + ?, version = version + 1
         WHERE id = ?
        """,
        step.toMillis(),
        id);
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    Merchant merchant =
        new Merchant(
            row.getInt("id"),
            Face.of(row.getString("face")),
            row.getString("code"),
            row.getString("name"),
            JSON.readValue(row.getString("settings"), SETTINGS),
            Map.of(),
            List.of(texts(row.getArray("sources"))),
            Set.of(texts(row.getArray("hosts"))),
            Duration.ofMillis(row.getLong("clock_offset_ms")));
    return new Row(merchant, "open".equals(row.getString("state")), row.getLong("version"));
  }

  private static String[] texts(Array array) throws SQLException {
    return (String[]) array.getArray();
  }
}

package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of evidence and of the keys that prove it, both sealed. */
@Component
final class EvidenceRows {
  private static final String TABLE = "evidence";
  private static final String KEYS = "evidence_key";
  private static final String SEALED = "sealed";
  private static final String SELECT =
      "SELECT id, operation, came_at, received_at, digest, key_id, sealed FROM evidence ";

  /** A row of evidence, opened. */
  record Row(
      long id,
      String operation,
      Instant cameAt,
      Instant receivedAt,
      Bytes digest,
      Parcel.Opened parcel) {}

  /** The key that a merchant's messages were last proved with here, and its number. */
  private record Used(Secret key, long id) {}

  private final JdbcClient jdbc;
  private final Vault vault;
  private final Map<Integer, Used> last = new ConcurrentHashMap<>();

  EvidenceRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Goes with the commit that lets the message have an effect. */
  RowWrite write(Admitted admitted) {
    Caller caller = admitted.caller();
    long id = Ids.next();
    return RowWrite.of(
        TABLE,
        """
        INSERT INTO evidence (merchant_id, digest, id, operation, came_at, key_id, sealed)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        caller.merchant().id(),
        caller.digest().toArray(),
        id,
        admitted.operation(),
        caller.now(),
        keyId(caller.merchant().id(), admitted.signed().key()),
        vault.seal(TABLE, SEALED, id, Parcel.pack(admitted.signed())));
  }

  boolean has(Caller caller) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM evidence WHERE merchant_id = ? AND digest = ?)")
        .params(caller.merchant().id(), caller.digest().toArray())
        .query(Boolean.class)
        .single();
  }

  /** What came of one message: more than one row where it had to be begun again. */
  List<Row> of(Merchant merchant, Bytes digest) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND digest = ? ORDER BY id")
        .params(merchant.id(), digest.toArray())
        .query((row, _) -> read(merchant, row))
        .list();
  }

  /** What came from then to then, the newest first. */
  List<Row> between(Merchant merchant, Instant from, Instant to, int most) {
    return jdbc.sql(
            SELECT
                + """
                WHERE merchant_id = ? AND came_at BETWEEN ? AND ?
                ORDER BY came_at DESC, id DESC LIMIT ?
                """)
        .params(merchant.id(), from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), most)
        .query((row, _) -> read(merchant, row))
        .list();
  }

  private Row read(Merchant merchant, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Row(
        id,
        row.getString("operation"),
        row.getTimestamp("came_at").toInstant(),
        row.getTimestamp("received_at").toInstant(),
        Bytes.of(row.getBytes("digest")),
        Parcel.open(
            vault.openBytes(TABLE, SEALED, id, row.getBytes(SEALED)),
            key(merchant.id(), row.getLong("key_id"))));
  }

  private Secret key(int merchant, long id) {
    return jdbc.sql("SELECT sealed FROM evidence_key WHERE merchant_id = ? AND id = ?")
        .params(merchant, id)
        .query((row, _) -> vault.open(KEYS, SEALED, id, row.getBytes(SEALED)))
        .single();
  }

  private long keyId(int merchant, Secret key) {
    Used used = last.get(merchant);
    if (used == null || !used.key().equals(key)) {
      used = new Used(key, stored(merchant, key));
      last.put(merchant, used);
    }
    return used.id();
  }

  private long stored(int merchant, Secret key) {
    byte[] knownBy = vault.index(KEYS, merchant, key.reveal());
    long fresh = Ids.next();
    jdbc.sql(
            """
            INSERT INTO evidence_key (merchant_id, known_by, id, sealed) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(merchant, knownBy, fresh, vault.seal(KEYS, SEALED, fresh, key))
        .update();
    return jdbc.sql("SELECT id FROM evidence_key WHERE merchant_id = ? AND known_by = ?")
        .params(merchant, knownBy)
        .query(Long.class)
        .single();
  }
}

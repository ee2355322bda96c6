package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.vault.Vault;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of messages that were seen, with their answers, sealed. */
@Component
final class ReplayRows {
  private static final int AT_A_TIME = 5_000;

  /** By what a message is known again. */
  record Key(Face face, int merchant, Bytes digest) {}

  /**
   * @param operation the one that the message was first sent to
   * @param answer null while somebody works on it
   * @param leased whether that somebody may still be at it
   */
  record Seen(String operation, @Nullable Bytes answer, boolean leased) {}

  private final JdbcClient jdbc;
  private final Vault vault;

  ReplayRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Leases are by the database's clock: a merchant's may jump. */
  RowWrite claim(Key key, String operation, Instant now, Duration lease) {
    return RowWrite.of(
        "message",
        """
        INSERT INTO replay_guard (face, merchant_id, digest, operation, first_seen, lease_until)
        VALUES (?, ?, ?, ?, ?, now() + ? * interval '1 ms')
        """,
        key.face().code(),
        key.merchant(),
        key.digest().toArray(),
        operation,
        now,
        lease.toMillis());
  }

  RowWrite takeOver(Key key, Duration lease) {
    return RowWrite.of(
        "message",
        """
        UPDATE replay_guard SET lease_until = now() + ? * interval '1 ms'
         WHERE face = ? AND merchant_id = ? AND digest = ?
           AND answer IS NULL AND lease_until < now()
        """,
        lease.toMillis(),
        key.face().code(),
        key.merchant(),
        key.digest().toArray());
  }

  RowWrite store(Key key, Bytes answer) {
    return RowWrite.of(
        "message",
        """
        UPDATE replay_guard SET answer = ?
         WHERE face = ? AND merchant_id = ? AND digest = ? AND answer IS NULL
        """,
        vault.seal("replay_guard", "answer", place(key), answer),
        key.face().code(),
        key.merchant(),
        key.digest().toArray());
  }

  RowWrite release(Key key) {
    return RowWrite.of(
        "message",
        """
        DELETE FROM replay_guard
         WHERE face = ? AND merchant_id = ? AND digest = ? AND answer IS NULL
        """,
        key.face().code(),
        key.merchant(),
        key.digest().toArray());
  }

  Optional<Seen> find(Key key) {
    return jdbc.sql(
            """
            SELECT operation, answer, lease_until >= now() AS leased FROM replay_guard
             WHERE face = ? AND merchant_id = ? AND digest = ?
            """)
        .params(key.face().code(), key.merchant(), key.digest().toArray())
        .query((row, n) ->
            new Seen(
                row.getString("operation"),
                open(key, row.getBytes("answer")),
                row.getBoolean("leased")))
        .optional();
  }

  /**
   * Forgets what was first seen longer ago than this, by the merchant's clock and by the
   * database's: where a tester has moved the merchant's, messages may still bear the world's time.
   * Gives how many.
   */
  int forget(int merchant, Instant now, Duration kept) {
    int forgotten = 0;
    int last;
    do {
      last =
          jdbc.sql(
                  """
                  DELETE FROM replay_guard WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM replay_guard
                     WHERE merchant_id = ? AND first_seen < ?
                       AND lease_until < now() - ? * interval '1 s' LIMIT ?))
                  """)
              .params(
                  merchant, now.minus(kept).atOffset(ZoneOffset.UTC), kept.toSeconds(), AT_A_TIME)
              .update();
      forgotten += last;
    } while (last == AT_A_TIME);
    return forgotten;
  }

  private @Nullable Bytes open(Key key, byte @Nullable [] sealed) {
    return sealed == null ? null : vault.openBytes("replay_guard", "answer", place(key), sealed);
  }

  /** The digest's first eight bytes stand for the row's number. */
  private static long place(Key key) {
    return ByteBuffer.wrap(key.digest().toArray()).getLong();
  }
}

package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of what is on its way to production's gateways, sealed. */
final class OutgoingRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};
  private static final String TABLE = "outgoing";
  private static final String LETTER = "letter";

  private static final String INSERT =
      """
      WITH older AS (DELETE FROM outgoing WHERE merchant_id = ? AND topic = ?::bytea)
      INSERT INTO outgoing (merchant_id, id, way, topic, letter, next_at, drop_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String TAKE =
      """
      UPDATE outgoing SET tries = tries + 1, next_at = ?
       WHERE merchant_id = ? AND id IN (
         SELECT id FROM outgoing WHERE merchant_id = ? AND next_at <= ? AND drop_at > ?
          ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED)
      RETURNING id, way, letter, tries
      """;

  private final JdbcClient jdbc;
  private final Vault vault;

  OutgoingRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** One that somebody has in hand: this is the so-and-so-manieth try. */
  record Taken(Outgoing outgoing, int tries) {}

  /**
   * The row, for the commit of what it tells.
   *
   * @param topic what a code is for: an older one that still waits is not sent any more
   * @param nextAt when others may try it
   * @param dropAt when it is worth nothing any more
   */
  RowWrite write(
      int merchant, Outgoing outgoing, @Nullable String topic, Instant nextAt, Instant dropAt) {
    byte[] about = topic == null ? null : vault.index("outgoing", merchant, topic);
    String letter = JSON.writeValueAsString(outgoing.letter());
    return RowWrite.of(
        "outgoing",
        INSERT,
        merchant,
        about,
        merchant,
        outgoing.id(),
        outgoing.way().name(),
        about,
        vault.seal(TABLE, LETTER, outgoing.id(), new Secret(letter)),
        nextAt,
        dropAt);
  }

  /** Takes what is due, for as long as the lease; whoever dies over it leaves it to the next. */
  List<Taken> take(int merchant, Instant now, Duration lease, int most) {
    return jdbc.sql(TAKE)
        .params(
            Columns.time(now.plus(lease)),
            merchant,
            merchant,
            Columns.time(now),
            Columns.time(now),
            most)
        .query((row, _) -> {
          long id = row.getLong("id");
          String letter = vault.open(TABLE, LETTER, id, row.getBytes(LETTER)).reveal();
          Way way = Way.valueOf(row.getString("way"));
          return new Taken(
              new Outgoing(id, way, JSON.readValue(letter, WORDS)), row.getInt("tries"));
        })
        .list();
  }

  void again(int merchant, Outgoing outgoing, Instant nextAt) {
    jdbc.sql("UPDATE outgoing SET next_at = ? WHERE merchant_id = ? AND id = ?")
        .params(Columns.time(nextAt), merchant, outgoing.id())
        .update();
  }

  void remove(int merchant, Outgoing outgoing) {
    jdbc.sql("DELETE FROM outgoing WHERE merchant_id = ? AND id = ?")
        .params(merchant, outgoing.id())
        .update();
  }

  /** Forgets what has become worthless; of which ways it was. */
  List<Way> drop(int merchant, Instant now) {
    return jdbc.sql("DELETE FROM outgoing WHERE merchant_id = ? AND drop_at <= ? RETURNING way")
        .params(merchant, Columns.time(now))
        .query((row, _) -> Way.valueOf(row.getString("way")))
        .list();
  }
}

package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All notices, for those who look after them: the console and the sandbox. */
@Component
public final class Notices {
  private static final String ALL =
      """
      SELECT merchant_id, id, event, subject, url, facts::text, happened_at, state, attempts, next_at,
             finished_at
      FROM (
        SELECT merchant_id, id, event, subject, url, facts, happened_at, 'PENDING' AS state, attempts,
               next_at, NULL::timestamptz AS finished_at FROM notice
        UNION ALL
        SELECT merchant_id, id, event, subject, url, facts, happened_at, outcome, attempts,
               NULL, finished_at FROM notice_done) AS each
      """;

  private static final String CHOSEN =
      """
      id IN (SELECT d.id
             FROM notice_done d JOIN notice_endpoint e
               ON e.merchant_id = d.merchant_id AND e.id = d.endpoint_id
             CROSS JOIN (SELECT ?::int AS merchant, ?::timestamptz AS first, ?::timestamptz AS last,
                                ?::text AS outcome, ?::text AS event, ?::text AS origin) w
             WHERE d.merchant_id = w.merchant AND d.finished_at BETWEEN w.first AND w.last
               AND w.outcome IN ('', d.outcome) AND w.event IN ('', d.event)
               AND w.origin IN ('', e.origin)
             ORDER BY d.finished_at LIMIT 10000)
      """;

  private final JdbcClient database;
  private final NoticeForms forms;

  Notices(JdbcClient database, NoticeForms forms) {
    this.database = database;
    this.forms = forms;
  }

  public Optional<Notice> find(int merchant, long id) {
    return database
        .sql(ALL + " WHERE merchant_id = ? AND id = ?")
        .params(merchant, id)
        .query(Notices::read)
        .optional();
  }

  /** An order's or member's notices, oldest first. */
  public List<Notice> of(int merchant, long subject) {
    return database
        .sql(ALL + " WHERE merchant_id = ? AND subject = ? ORDER BY happened_at, id")
        .params(merchant, subject)
        .query(Notices::read)
        .list();
  }

  /** The newest notices of a merchant in one state. */
  public List<Notice> list(int merchant, Notice.State state, int limit) {
    return database
        .sql(ALL + " WHERE merchant_id = ? AND state = ? ORDER BY happened_at DESC LIMIT ?")
        .params(merchant, state.name(), limit)
        .query(Notices::read)
        .list();
  }

  /** The log of a notice's attempts, first one first. */
  public List<Attempt> attempts(int merchant, long id) {
    return database
        .sql(
            "SELECT * FROM notice_attempt WHERE merchant_id = ? AND notice_id = ? ORDER BY attempt")
        .params(merchant, id)
        .query((row, _) ->
            new Attempt(
                row.getInt("attempt"),
                row.getBoolean("scheduled"),
                row.getTimestamp("began_at").toInstant(),
                row.getTimestamp("ended_at").toInstant(),
                row.getString("address"),
                row.getObject("status", Integer.class),
                row.getInt("millis"),
                text(row.getBytes("sent")),
                row.getString("answer"),
                row.getString("error")))
        .list();
  }

  /** The request as it would be sent now, signed, with all headers. */
  public Optional<Letter> preview(Merchant merchant, long id, Instant now) {
    return find(merchant.id(), id)
        .map(notice -> {
          Letter letter = forms.of(notice).write(merchant, notice.facts(), now);
          return WebhookHeaders.on(letter, merchant, id, now);
        });
  }

  /**
   * Sends a notice again, or a pending one at once: one more attempt under the same id, now. It
   * comes besides those of the schedule.
   *
   * @param now the merchant's clock
   */
  public boolean resend(int merchant, long id, Instant now) {
    return hurry(merchant, id, now) || revive(merchant, "id = ?", now, id) > 0;
  }

  /** Sends all of these again, at most ten thousand at a time; how many. */
  public int resend(int merchant, Selection chosen, Instant now) {
    Notice.State state = chosen.state();
    return revive(
        merchant,
        CHOSEN,
        now,
        merchant,
        Timestamp.from(chosen.from()),
        Timestamp.from(chosen.to()),
        state == null ? "" : state.name(),
        Objects.requireNonNullElse(chosen.event(), ""),
        Objects.requireNonNullElse(chosen.origin(), ""));
  }

  /** A merchant's endpoints, by their origin. */
  public List<Destination> destinations(int merchant) {
    return database
        .sql(
            """
            SELECT e.origin, e.paused, e.timeouts, e.closed_until, e.failing_since,
                   (SELECT count(*) FROM notice n
                    WHERE n.merchant_id = e.merchant_id AND n.endpoint_id = e.id) AS waiting
            FROM notice_endpoint e WHERE e.merchant_id = ? ORDER BY e.origin
            """)
        .param(merchant)
        .query((row, _) ->
            new Destination(
                row.getString("origin"),
                row.getBoolean("paused"),
                row.getInt("timeouts"),
                instant(row.getTimestamp("closed_until")),
                instant(row.getTimestamp("failing_since")),
                row.getInt("waiting")))
        .list();
  }

  /**
   * Stops sending to an endpoint ({@code "https://host:443"}), or goes on; false for an unknown.
   */
  public boolean pause(int merchant, String origin, boolean paused) {
    return database
            .sql("UPDATE notice_endpoint SET paused = ? WHERE merchant_id = ? AND origin = ?")
            .params(paused, merchant, origin)
            .update()
        > 0;
  }

  private boolean hurry(int merchant, long id, Instant now) {
    return database
            .sql(
                """
                WITH due AS (
                  UPDATE notice n
                  SET hurried = n.hurried OR n.next_at > w.now, next_at = least(n.next_at, w.now),
                      last_attempt = n.last_attempt + (n.next_at > w.now AND NOT n.hurried)::int
                  FROM (SELECT ?::timestamptz AS now) w
                  WHERE n.merchant_id = ? AND n.id = ?
                  RETURNING n.merchant_id, n.endpoint_id, n.next_at)
                UPDATE notice_endpoint e SET next_due = least(e.next_due, due.next_at)
                FROM due WHERE e.merchant_id = due.merchant_id AND e.id = due.endpoint_id
                """)
            .params(Timestamp.from(now), merchant, id)
            .update()
        > 0;
  }

  private int revive(int merchant, String which, Instant now, Object... parameters) {
    Timestamp at = Timestamp.from(now);
    return database
        .sql(
            """
            WITH back AS (
              DELETE FROM notice_done WHERE merchant_id = ? AND %s RETURNING *),
            due AS (
              UPDATE notice_endpoint e SET next_due = least(e.next_due, ?)
              FROM (SELECT DISTINCT endpoint_id FROM back) b
              WHERE e.merchant_id = ? AND e.id = b.endpoint_id)
            INSERT INTO notice (merchant_id, id, event, subject, endpoint_id, url, facts, happened_at,
                                attempts, last_attempt, delivered, hurried, next_at)
            SELECT merchant_id, id, event, subject, endpoint_id, url, facts, happened_at,
                   attempts, attempts + 1, outcome = 'DELIVERED', true, ?::timestamptz
            FROM back
            """
                .formatted(which))
        .param(merchant)
        .params(parameters)
        .params(at, merchant, at)
        .update();
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : Bytes.of(bytes).utf8();
  }

  private static Notice read(ResultSet row, int number) throws SQLException {
    return new Notice(
        row.getInt("merchant_id"),
        row.getLong("id"),
        row.getString("event"),
        row.getLong("subject"),
        row.getString("url"),
        row.getString("facts"),
        row.getTimestamp("happened_at").toInstant(),
        Notice.State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        instant(row.getTimestamp("next_at")),
        instant(row.getTimestamp("finished_at")));
  }
}

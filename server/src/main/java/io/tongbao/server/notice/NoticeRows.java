package io.tongbao.server.notice;

import io.tongbao.kernel.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of notices that are on their way. Every method is one statement and one commit; HTTP
 * never happens inside one.
 */
@Component
final class NoticeRows {
  private static final int MOST_GATHERED = 500;
  private static final Duration LATE = Duration.ofMinutes(15);

  private final JdbcClient database;

  NoticeRows(JdbcClient database) {
    this.database = database;
  }

  /**
   * Somebody's until the lease ends: the notice, and under which token its result is written.
   *
   * @param lastAttempt the schedule's length, and one more for each attempt that was asked for
   * @param hurried whether somebody asked for this attempt; it is none of the schedule's
   * @param ailing whether its endpoint's last attempts are on record as failures
   */
  record Claimed(
      Notice notice,
      long endpoint,
      int lastAttempt,
      boolean delivered,
      boolean hurried,
      boolean ailing,
      UUID lease) {
    int attempt() {
      return notice.attempts() + 1;
    }
  }

  private record News(long id, String event, String url) {}

  /** Turns news into notices, each due after its form's first wait. */
  int gather(int merchant, Map<String, NoticeForm> forms) {
    List<News> news = news(merchant, forms);
    if (news.isEmpty()) {
      return 0;
    }
    List<Object[]> columns = columns(news, forms);
    return database
        .sql(
            """
            WITH given AS (
              SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::int[])
                AS g (id, origin, endpoint, wait, last)),
            taken AS (
              DELETE FROM news n USING given g WHERE n.id = g.id AND n.merchant_id = ?
              RETURNING n.*, g.origin, g.endpoint, g.last,
                        n.happened_at + make_interval(secs => g.wait) AS next_at),
            places AS (
              INSERT INTO notice_endpoint AS e (merchant_id, id, origin, next_due)
              SELECT DISTINCT ON (merchant_id, origin) merchant_id, endpoint, origin, next_at
              FROM taken ORDER BY merchant_id, origin, next_at
              ON CONFLICT (merchant_id, origin)
                DO UPDATE SET next_due = least(e.next_due, excluded.next_due)
              RETURNING e.id, e.origin)
            INSERT INTO notice (merchant_id, id, event, subject, endpoint_id, url, facts,
                                happened_at, last_attempt, next_at)
            SELECT t.merchant_id, t.id, t.event, t.subject, p.id, t.url, t.facts,
                   t.happened_at, t.last, t.next_at
            FROM taken t JOIN places p USING (origin)
            """)
        .params(columns.toArray())
        .param(merchant)
        .update();
  }

  private List<News> news(int merchant, Map<String, NoticeForm> forms) {
    return database
        .sql(
            """
            SELECT id, event, url FROM news WHERE merchant_id = ? AND event = ANY (?)
            ORDER BY id LIMIT ?
            """)
        .param(merchant)
        .param(forms.keySet().toArray(String[]::new))
        .param(MOST_GATHERED)
        .query(
            (row, _) -> new News(row.getLong("id"), row.getString("event"), row.getString("url")))
        .list();
  }

  private static List<Object[]> columns(List<News> news, Map<String, NoticeForm> forms) {
    List<Object[]> columns = new ArrayList<>();
    columns.add(news.stream().map(News::id).toArray(Long[]::new));
    columns.add(news.stream().map(each -> origin(each.url())).toArray(String[]::new));
    columns.add(news.stream().map(_ -> Ids.next()).toArray(Long[]::new));
    columns.add(
        news.stream()
            .map(each -> schedule(forms, each).getFirst().toSeconds())
            .toArray(Long[]::new));
    columns.add(news.stream().map(each -> schedule(forms, each).size()).toArray(Integer[]::new));
    return columns;
  }

  private static List<Duration> schedule(Map<String, NoticeForm> forms, News news) {
    NoticeForm form = forms.get(news.event());
    if (form == null) {
      throw new IllegalStateException("no form for " + news.event());
    }
    return form.schedule();
  }

  private static String origin(String url) {
    return NoticeUrl.parse(url).map(NoticeUrl::origin).orElse("none");
  }

  /**
   * Takes what is due, a few per endpoint and in turn, no more than each endpoint can bear, and of
   * one subject only the earliest that is not done. (Looked up one by one: as a join, planned while
   * few were waiting, it would read all that wait each time.)
   */
  List<Claimed> claim(int merchant, Instant now, int most) {
    UUID lease = UUID.randomUUID();
    Timestamp clock = Timestamp.from(now);
    return database
        .sql(
            """
            WITH ep AS (
              SELECT e.id, CASE WHEN e.timeouts >= 5 THEN 1 ELSE 8 END
                - (SELECT count(*) FROM notice l WHERE l.merchant_id = e.merchant_id
                     AND l.endpoint_id = e.id AND l.state = 'L' AND l.lease_until > now()) AS room,
                e.timeouts > 0 OR e.failing_since IS NOT NULL AS ailing
              FROM notice_endpoint e
              WHERE e.merchant_id = :merchant AND e.next_due <= :now AND NOT e.paused
                AND (e.closed_until IS NULL OR e.closed_until <= now())
              ORDER BY e.last_served LIMIT 16 FOR UPDATE OF e SKIP LOCKED),
            pick AS (
              SELECT t.id, t.endpoint_id, ep.ailing FROM ep CROSS JOIN LATERAL (
                SELECT t.id, t.endpoint_id FROM notice t
                WHERE t.merchant_id = :merchant AND t.endpoint_id = ep.id AND t.state = 'P'
                  AND t.next_at <= :now
                  AND t.id = (SELECT p.id FROM notice p
                    WHERE p.merchant_id = :merchant AND p.subject = t.subject
                    ORDER BY p.happened_at, p.id LIMIT 1)
                ORDER BY t.next_at LIMIT greatest(0, least(ep.room, 4))
                FOR UPDATE SKIP LOCKED) t
              LIMIT :most),
            served AS (
              UPDATE notice_endpoint e SET last_served = clock_timestamp(),
                next_due = coalesce((SELECT min(w.next_at) FROM notice w
                  WHERE w.merchant_id = :merchant AND w.endpoint_id = e.id AND w.state = 'P'
                    AND w.id NOT IN (SELECT id FROM pick)), 'infinity')
              FROM ep WHERE e.merchant_id = :merchant AND e.id = ep.id)
            UPDATE notice t
            SET state = 'L', lease_until = now() + interval '60 s', lease_token = :lease
            FROM pick WHERE t.merchant_id = :merchant AND t.id = pick.id
            RETURNING t.*, pick.ailing
            """)
        .param("merchant", merchant)
        .param("now", clock)
        .param("most", most)
        .param("lease", lease)
        .query(NoticeRows::claimed)
        .list();
  }

  /**
   * Takes what has waited for more than 15 minutes past its time because its endpoint is out of
   * order. It is not sent: the attempt is lost, so that the schedule as a whole keeps its time.
   */
  List<Claimed> claimLate(int merchant, Instant now, int most) {
    return database
        .sql(
            """
            UPDATE notice t
            SET state = 'L', lease_until = now() + interval '60 s', lease_token = ?
            FROM (SELECT w.id FROM notice_endpoint e JOIN notice w
                    ON w.merchant_id = e.merchant_id AND w.endpoint_id = e.id
                  WHERE e.merchant_id = ? AND e.timeouts >= 5 AND NOT e.paused
                    AND w.state = 'P' AND w.next_at < ?
                    AND w.id = (SELECT p.id FROM notice p
                      WHERE p.merchant_id = w.merchant_id AND p.subject = w.subject
                      ORDER BY p.happened_at, p.id LIMIT 1)
                  ORDER BY w.next_at LIMIT ? FOR UPDATE OF w SKIP LOCKED) late
            WHERE t.merchant_id = ? AND t.id = late.id
            RETURNING t.*, true AS ailing
            """)
        .param(UUID.randomUUID())
        .params(merchant, Timestamp.from(now.minus(LATE)), most, merchant)
        .query(NoticeRows::claimed)
        .list();
  }

  /** Takes back what dead nodes held, and finds again what the endpoints' due times passed over. */
  int sweep(int merchant) {
    return takeBack(merchant) + findAgain(merchant);
  }

  /**
   * Passes over a row whose result is being written: the ledger's commit must not meet somebody who
   * holds other rows and waits for it.
   */
  private int takeBack(int merchant) {
    return database
        .sql(
            """
            WITH back AS (
              UPDATE notice n SET state = 'P', lease_until = NULL, lease_token = NULL
              FROM (SELECT l.id FROM notice_endpoint e CROSS JOIN LATERAL (
                      SELECT id FROM notice
                      WHERE merchant_id = e.merchant_id AND endpoint_id = e.id
                        AND state = 'L' AND lease_until < now()
                      FOR UPDATE SKIP LOCKED) l
                    WHERE e.merchant_id = ?) late
              WHERE n.merchant_id = ? AND n.id = late.id
              RETURNING n.endpoint_id, n.next_at),
            due AS (SELECT endpoint_id, min(next_at) AS next_at FROM back GROUP BY endpoint_id)
            UPDATE notice_endpoint e SET next_due = least(e.next_due, due.next_at)
            FROM due WHERE e.merchant_id = ? AND e.id = due.endpoint_id
            """)
        .params(merchant, merchant, merchant)
        .update();
  }

  /**
   * A claim says when its endpoint is due next by the notices that it sees. One that another node
   * puts back while it looks would be nobody's until the endpoint's next notice.
   */
  private int findAgain(int merchant) {
    return database
        .sql(
            """
            UPDATE notice_endpoint e SET next_due = w.next_at
            FROM (SELECT p.id, n.next_at
                  FROM notice_endpoint p CROSS JOIN LATERAL (
                    SELECT min(next_at) AS next_at FROM notice
                    WHERE merchant_id = p.merchant_id AND endpoint_id = p.id AND state = 'P') n
                  WHERE p.merchant_id = ? AND p.next_due > n.next_at
                  FOR UPDATE OF p SKIP LOCKED) w
            WHERE e.merchant_id = ? AND e.id = w.id
            """)
        .params(merchant, merchant)
        .update();
  }

  /** Gives back, without a result, what this node still holds. */
  void release(List<Claimed> held) {
    for (Claimed one : held) {
      int released =
          database
              .sql(
                  """
                  UPDATE notice SET lease_until = now()
                  WHERE merchant_id = ? AND id = ? AND lease_token = ?
                  """)
              .params(one.notice().merchant(), one.notice().id(), one.lease())
              .update();
      if (released > 0) {
        sweep(one.notice().merchant());
      }
    }
  }

  private static Claimed claimed(ResultSet row, int number) throws SQLException {
    Notice notice =
        new Notice(
            row.getInt("merchant_id"),
            row.getLong("id"),
            row.getString("event"),
            row.getLong("subject"),
            row.getString("url"),
            row.getString("facts"),
            row.getTimestamp("happened_at").toInstant(),
            Notice.State.PENDING,
            row.getInt("attempts"),
            row.getTimestamp("next_at").toInstant(),
            null);
    return new Claimed(
        notice,
        row.getLong("endpoint_id"),
        row.getInt("last_attempt"),
        row.getBoolean("delivered"),
        row.getBoolean("hurried"),
        row.getBoolean("ailing"),
        row.getObject("lease_token", UUID.class));
  }
}

package io.tongbao.server.channel;

import io.tongbao.kernel.Ids;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What channels said that does not fit what was asked: a wrong amount, an unknown number, money for
 * a closed order. Each is kept once and waits for people.
 */
@Component
public final class Discrepancies {
  private static final Logger log = LoggerFactory.getLogger(Discrepancies.class);

  private final JdbcClient database;

  Discrepancies(JdbcClient database) {
    this.database = database;
  }

  /** One thing that does not fit. */
  public record Discrepancy(
      long id, long request, Kind kind, String detail, String channelNo, Instant createdAt) {}

  /** How it does not fit. */
  public enum Kind {
    UNKNOWN_REQUEST,
    WRONG_AMOUNT,
    CONTRADICTION
  }

  void add(int merchant, long request, Kind kind, String detail, String channelNo, Instant now) {
    int added =
        database
            .sql(
                """
                INSERT INTO channel_discrepancy
                  (id, merchant_id, request_id, kind, detail, channel_no, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (merchant_id, request_id, kind, channel_no) DO NOTHING
                """)
            .params(
                Ids.next(), merchant, request, kind.name(), detail, channelNo, Timestamp.from(now))
            .update();
    if (added > 0) {
      log.error("channel discrepancy {}: request {} of merchant {}", kind, request, merchant);
    }
  }

  /** What is not resolved yet, oldest first. */
  public List<Discrepancy> open(int merchant) {
    return database
        .sql(
            """
            SELECT id, request_id, kind, detail, channel_no, created_at FROM channel_discrepancy
            WHERE merchant_id = ? AND resolved_at IS NULL ORDER BY id
            """)
        .params(merchant)
        .query((row, _) ->
            new Discrepancy(
                row.getLong("id"),
                row.getLong("request_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("detail"),
                row.getString("channel_no"),
                row.getTimestamp("created_at").toInstant()))
        .list();
  }
}

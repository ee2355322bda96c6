package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.notice.NoticeRows.Claimed;
import io.tongbao.server.notice.Receipt.Failure;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What became of attempts, written under the lease that they were made with: a lost lease writes
 * nothing, and the attempt is made again.
 */
@Component
final class ResultRows {
  private static final int KEPT = 200;
  private static final Pattern NUMBER = Pattern.compile("[0-9](?=[0-9]{4,})|(?<=[0-9]{7})[0-9]");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final JdbcClient database;

  ResultRows(JdbcClient database) {
    this.database = database;
  }

  /** A line of the log of attempts. */
  record Line(
      boolean scheduled, Instant began, Instant ended, Receipt receipt, @Nullable String sent) {}

  /** The receiver has it, or it is given up. */
  boolean finish(Claimed claimed, Line line, boolean delivered) {
    String outcome = delivered || claimed.delivered() ? "DELIVERED" : "EXHAUSTED";
    return database
            .sql(
                """
                WITH gone AS (
                  DELETE FROM notice
                  WHERE merchant_id = :merchant AND id = :id AND lease_token = :lease RETURNING *),
                logged AS (\
                """
                    + LOG
                    + """
                    )
                    INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts,
                                             happened_at, outcome, attempts, finished_at)
                    SELECT merchant_id, id, event, subject, endpoint_id, url, facts,
                           happened_at, :outcome::text, attempts + 1, :ended::timestamptz
                    FROM gone
                    """)
            .params(values(claimed, line, delivered))
            .param("outcome", outcome)
            .update()
        > 0;
  }

  /** It is tried again at {@code nextAt}. */
  boolean retry(Claimed claimed, Line line, Instant nextAt) {
    return database
            .sql(
                """
                WITH gone AS (
                  UPDATE notice n SET state = 'P', attempts = n.attempts + 1, next_at = :next, hurried = false,
                                    lease_until = NULL, lease_token = NULL
                  WHERE merchant_id = :merchant AND id = :id AND lease_token = :lease
                  RETURNING n.merchant_id, n.id, old.attempts, n.endpoint_id),
                logged AS (\
                """
                    + LOG
                    + """
                    )
                    UPDATE notice_endpoint e SET next_due = least(e.next_due, :next)
                    FROM gone WHERE e.merchant_id = gone.merchant_id AND e.id = gone.endpoint_id
                    """)
            .params(values(claimed, line, false))
            .param("next", Timestamp.from(nextAt))
            .update()
        > 0;
  }

  private static final String LOG =
      """
      INSERT INTO notice_attempt (merchant_id, notice_id, attempt, scheduled, began_at, ended_at,
                                  address, status, millis, sent, answer, error)
      SELECT merchant_id, id, attempts + 1, :scheduled::boolean, :began::timestamptz,
             :ended::timestamptz, :address::text, :status::int, :millis::int, :sent::bytea,
             :answer::text, :error::text
      FROM gone
      """;

  /** Remembers how the endpoint behaved: five timeouts in a row narrow it, twenty close it. */
  void remember(Claimed claimed, Receipt receipt, boolean delivered) {
    Failure failure = receipt.failure();
    int merchant = claimed.notice().merchant();
    if (failure != null && failure.isTimeout()) {
      database
          .sql(
              """
              UPDATE notice_endpoint
              SET timeouts = timeouts + 1, failing_since = coalesce(failing_since, now()),
                  closed_until = CASE WHEN timeouts + 1 >= 20 THEN now() + interval '30 s' END
              WHERE merchant_id = ? AND id = ?
              """)
          .params(merchant, claimed.endpoint())
          .update();
      return;
    }
    if (failure != null) {
      return; // says nothing of the endpoint
    }
    String failing = delivered ? "NULL" : "coalesce(failing_since, now())";
    String changed = delivered ? "failing_since IS NOT NULL" : "failing_since IS NULL";
    database
        .sql(
            "UPDATE notice_endpoint SET timeouts = 0, closed_until = NULL, failing_since = "
                + failing
                + " WHERE merchant_id = ? AND id = ? AND (timeouts > 0 OR "
                + changed
                + ")")
        .params(merchant, claimed.endpoint())
        .update();
  }

  private static Map<String, @Nullable Object> values(
      Claimed claimed, Line line, boolean delivered) {
    Map<String, @Nullable Object> values = new HashMap<>();
    Receipt receipt = line.receipt();
    values.put("merchant", claimed.notice().merchant());
    values.put("id", claimed.notice().id());
    values.put("lease", claimed.lease());
    values.put("scheduled", line.scheduled());
    values.put("began", Timestamp.from(line.began()));
    values.put("ended", Timestamp.from(line.ended()));
    values.put("address", receipt.address());
    values.put("status", receipt.status() == 0 ? null : receipt.status());
    values.put("millis", Math.toIntExact(receipt.millis()));
    String sent = line.sent();
    values.put("sent", sent == null ? null : Bytes.utf8(sent).toArray());
    values.put("answer", shown(receipt.answer()));
    values.put("error", delivered ? null : error(receipt));
    return values;
  }

  private static String error(Receipt receipt) {
    Failure failure = receipt.failure();
    return failure == null ? "NOT_CONFIRMED" : failure.name();
  }

  /** What may be shown of an answer: its beginning, without long numbers and control characters. */
  static String shown(String answer) {
    String begin = answer.substring(0, Math.min(KEPT, answer.length()));
    return NUMBER.matcher(CONTROL.matcher(begin).replaceAll(" ")).replaceAll("*");
  }
}

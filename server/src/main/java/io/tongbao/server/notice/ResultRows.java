package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.notice.NoticeRows.Claimed;
import io.tongbao.server.notice.Receipt.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

  private static final String LOG =
      """
      logged AS (
        INSERT INTO notice_attempt (merchant_id, notice_id, attempt, scheduled, began_at, ended_at,
                                    address, status, millis, sent, answer, error)
        SELECT merchant_id, id, attempts + 1, ?::boolean, ?::timestamptz, ?::timestamptz,
               ?::text, ?::int, ?::int, ?::bytea, ?::text, ?::text
          FROM gone)
      """;
  private static final String FINISH =
      """
      WITH gone AS (
        DELETE FROM notice WHERE merchant_id = ? AND id = ? AND lease_token = ? RETURNING *),
      """
          + LOG
          + """
          INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts,
                                   happened_at, outcome, attempts, finished_at)
          SELECT merchant_id, id, event, subject, endpoint_id, url, facts, happened_at,
                 ?::text, attempts + 1, ?::timestamptz
            FROM gone
          """;
  private static final String RETRY =
      """
      WITH gone AS (
        UPDATE notice n
           SET state = 'P', attempts = n.attempts + 1, next_at = ?, hurried = false,
               lease_until = NULL, lease_token = NULL
         WHERE merchant_id = ? AND id = ? AND lease_token = ?
        RETURNING n.merchant_id, n.id, old.attempts, n.endpoint_id, n.last_attempt, n.delivered,
                  old.hurried),
      """
          + LOG
          + """
          , warned AS (
            INSERT INTO notice_warning AS w (merchant_id, endpoint_id, untold)
            SELECT merchant_id, endpoint_id, 1 FROM gone
             WHERE attempts + 1 = last_attempt - 1 AND NOT delivered AND NOT hurried
            ON CONFLICT (merchant_id, endpoint_id) DO UPDATE SET untold = w.untold + 1)
          UPDATE notice_endpoint e SET next_due = least(e.next_due, ?)
            FROM gone WHERE e.merchant_id = gone.merchant_id AND e.id = gone.endpoint_id
          """;

  private final JdbcClient database;
  private final Ledger ledger;

  ResultRows(JdbcClient database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /** A line of the log of attempts. */
  record Line(
      boolean scheduled, Instant began, Instant ended, Receipt receipt, @Nullable String sent) {}

  /**
   * The receiver has it, or it is given up. Goes with whatever else the ledger commits, so that
   * many results need one commit; alone where too much waits there.
   */
  boolean finish(Claimed claimed, Line line, boolean delivered) {
    String outcome = delivered || claimed.delivered() ? "DELIVERED" : "EXHAUSTED";
    List<@Nullable Object> values = new ArrayList<>();
    values.add(claimed.notice().merchant());
    values.add(claimed.notice().id());
    values.add(claimed.lease());
    values.addAll(logged(line, delivered));
    values.add(outcome);
    values.add(line.ended().atOffset(ZoneOffset.UTC));
    RowWrite write = RowWrite.of("lease", FINISH, values.toArray());
    return switch (ledger.commit(Change.at(line.ended()).write(write).build())) {
      case Outcome.Committed _ -> true;
      case Outcome.Conflict _ -> false;
      case Outcome.Refused _ -> database.sql(FINISH).params(values.toArray()).update() > 0;
    };
  }

  /**
   * It is tried again at {@code nextAt}. Where that is for the last time, its merchant is to be
   * told so ({@link NoticeWarnings}): said in the same commit.
   */
  boolean retry(Claimed claimed, Line line, Instant nextAt) {
    OffsetDateTime next = nextAt.atOffset(ZoneOffset.UTC);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(next);
    values.add(claimed.notice().merchant());
    values.add(claimed.notice().id());
    values.add(claimed.lease());
    values.addAll(logged(line, false));
    values.add(next);
    return database.sql(RETRY).params(values.toArray()).update() > 0;
  }

  /** Remembers how the endpoint behaved: five timeouts in a row narrow it, twenty close it. */
  void remember(Claimed claimed, Receipt receipt, boolean delivered) {
    Failure failure = delivered ? null : receipt.failure();
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

  /** The parameters of {@link #LOG}. */
  private static List<@Nullable Object> logged(Line line, boolean delivered) {
    Receipt receipt = line.receipt();
    String sent = line.sent();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(line.scheduled());
    values.add(line.began().atOffset(ZoneOffset.UTC));
    values.add(line.ended().atOffset(ZoneOffset.UTC));
    values.add(receipt.address());
    values.add(receipt.status() == 0 ? null : receipt.status());
    values.add(Math.toIntExact(receipt.millis()));
    values.add(sent == null ? null : Bytes.utf8(sent).toArray());
    values.add(shown(receipt.answer()));
    values.add(delivered ? null : error(receipt));
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

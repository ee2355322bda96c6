package io.tongbao.server.notice;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Contacts;
import io.tongbao.server.member.Contacts.Kind;
import io.tongbao.server.member.Mail;
import io.tongbao.server.member.Mailer;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells a merchant by mail that notices of one of its endpoints have only their last attempt left
 * (THREATS W-14): hours before they are given up, and for each endpoint once an hour at most,
 * however many they are. That somebody is to be told is a row of the failed attempt's own commit.
 */
@Component
final class NoticeWarnings implements Job {
  /** How long nothing more is said of an endpoint. */
  static final Duration PAUSE = Duration.ofHours(1);

  private static final int AT_A_TIME = 20;

  private static final String DUE =
      """
      SELECT w.endpoint_id, w.untold, w.told_at, e.origin
        FROM notice_warning w
        JOIN notice_endpoint e ON e.merchant_id = w.merchant_id AND e.id = w.endpoint_id
       WHERE w.merchant_id = ? AND w.untold > 0 AND (w.told_at IS NULL OR w.told_at <= ?)
       ORDER BY w.endpoint_id LIMIT ?
      """;

  private static final String LEFT =
      """
      SELECT count(*) AS many, min(next_at) AS first FROM notice
       WHERE merchant_id = ? AND endpoint_id = ? AND attempts = last_attempt - 1 AND NOT delivered
      """;

  /** One node tells; for the others the row is no longer as they saw it. */
  private static final String TOLD =
      """
      UPDATE notice_warning SET untold = untold - ?, told_at = ?
       WHERE merchant_id = ? AND endpoint_id = ? AND untold >= ?
         AND told_at IS NOT DISTINCT FROM ?::timestamptz
      """;

  private final JdbcClient database;
  private final Ledger ledger;
  private final Contacts contacts;
  private final Mailer mailer;

  NoticeWarnings(JdbcClient database, Ledger ledger, Contacts contacts, Mailer mailer) {
    this.database = database;
    this.ledger = ledger;
    this.contacts = contacts;
    this.mailer = mailer;
  }

  private record Due(long endpoint, int untold, @Nullable Instant toldAt, String origin) {}

  /** What is waiting for its last attempt, and when the first of it comes. */
  private record Left(int many, @Nullable Instant first) {}

  @Override
  public String name() {
    return "warn-of-notices";
  }

  /** Where there is nobody to tell yet, it is told when there is. */
  @Override
  public int run(Merchant merchant, Instant now) {
    List<Due> due = due(merchant.id(), now);
    List<Secret> mailboxes = due.isEmpty() ? List.of() : contacts.of(merchant, Kind.MAIL);
    if (mailboxes.isEmpty() || !mailer.isOpen()) {
      return 0;
    }
    int done = 0;
    for (Due one : due) {
      done += tell(merchant, one, mailboxes, now) ? 1 : 0;
    }
    return done;
  }

  /** Says nothing of what has arrived, or was given up, meanwhile. */
  private boolean tell(Merchant merchant, Due due, List<Secret> mailboxes, Instant now) {
    Left left = left(merchant.id(), due.endpoint());
    Instant first = left.first();
    Change.Builder change =
        Change.at(now).write(told(merchant.id(), due, first == null ? due.toldAt() : now));
    if (first != null) {
      String words = words(due, left.many(), first);
      for (Secret mailbox : mailboxes) {
        Mail mail = new Mail(mailbox, merchant.name() + "：通知即将停止发送", words, now);
        change.writeAll(mailer.writes(merchant, mail));
      }
    }
    return ledger.commit(change.build()) instanceof Outcome.Committed;
  }

  private static String words(Due due, int many, Instant first) {
    return "发往 %s 的 %d 条通知只剩最后一次发送，最早一条在 %s。请检查接收地址；仍不成功即停止发送，之后可请运营人员重发"
        .formatted(due.origin(), many, BeijingTime.seconds(first));
  }

  private List<Due> due(int merchant, Instant now) {
    return database
        .sql(DUE)
        .params(merchant, Timestamp.from(now.minus(PAUSE)), AT_A_TIME)
        .query((row, _) -> {
          Timestamp told = row.getTimestamp("told_at");
          return new Due(
              row.getLong("endpoint_id"),
              row.getInt("untold"),
              told == null ? null : told.toInstant(),
              row.getString("origin"));
        })
        .list();
  }

  private Left left(int merchant, long endpoint) {
    return database
        .sql(LEFT)
        .params(merchant, endpoint)
        .query((row, _) -> {
          Timestamp first = row.getTimestamp("first");
          return new Left(row.getInt("many"), first == null ? null : first.toInstant());
        })
        .single();
  }

  private static RowWrite told(int merchant, Due due, @Nullable Instant at) {
    return RowWrite.of(
        "warning", TOLD, due.untold(), at, merchant, due.endpoint(), due.untold(), due.toldAt());
  }
}

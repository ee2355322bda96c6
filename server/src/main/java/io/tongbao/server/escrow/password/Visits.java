package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens in the addresses of password pages; the database has their digests only. */
@Component
final class Visits implements Job {
  /** How long a page may stay open. Specification §1.27 of the changes, WIRE 15. */
  static final Duration VALID = Duration.ofMinutes(15);

  private final JdbcClient jdbc;

  Visits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A new token for a visit. */
  String open(Visit visit) {
    String token = Ids.token();
    jdbc.sql(
            """
            INSERT INTO password_visit
              (merchant_id, token, page, member_id, order_id, jump_url, back_url, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(visit.merchant())
        .param(digest(token))
        .param(visit.page())
        .param(visit.member())
        .param(visit.order())
        .param(visit.jumpUrl())
        .param(visit.backUrl())
        .param(Timestamp.from(visit.expiresAt()))
        .update();
    return token;
  }

  /** The visit that a token leads to, while it is fresh and not used. */
  Optional<Visit> find(Merchant merchant, String token, Instant now) {
    return jdbc.sql(
            """
            SELECT * FROM password_visit
            WHERE merchant_id = ? AND token = ? AND expires_at > ? AND used_at IS NULL
            """)
        .params(merchant.id(), digest(token), Timestamp.from(now))
        .query(Visits::read)
        .optional();
  }

  /** The write that uses a token up, for the commit of what was done on the page. */
  static RowWrite use(Merchant merchant, String token, Instant now) {
    return RowWrite.of(
        "password visit",
        """
        UPDATE password_visit SET used_at = ?
        WHERE merchant_id = ? AND token = ? AND used_at IS NULL
        """,
        now,
        merchant.id(),
        digest(token));
  }

  /** Uses a token up by itself, after an order that is its own guard. */
  void close(Merchant merchant, String token, Instant now) {
    jdbc.sql("UPDATE password_visit SET used_at = ? WHERE merchant_id = ? AND token = ?")
        .params(Timestamp.from(now), merchant.id(), digest(token))
        .update();
  }

  @Override
  public String name() {
    return "forget-password-visits";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    return jdbc.sql("DELETE FROM password_visit WHERE merchant_id = ? AND expires_at <= ?")
        .params(merchant.id(), Timestamp.from(now))
        .update();
  }

  private static Visit read(ResultSet row, int number) throws SQLException {
    return new Visit(
        row.getInt("merchant_id"),
        row.getString("page"),
        row.getLong("member_id"),
        row.getObject("order_id", Long.class),
        row.getString("jump_url"),
        row.getString("back_url"),
        row.getTimestamp("expires_at").toInstant());
  }

  private static byte[] digest(String token) {
    return Bytes.utf8(token).sha256().toArray();
  }
}

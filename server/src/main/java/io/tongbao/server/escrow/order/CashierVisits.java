package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tokens in the addresses of cashier pages. Each leads to one order, for a quarter of an hour;
 * the database has its digest only. Nothing is decided by a visit that its order does not allow.
 */
@Component
public final class CashierVisits implements Job {
  private static final Duration VALID = Duration.ofMinutes(15);

  private final JdbcClient jdbc;

  CashierVisits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A new token for an order. */
  public String open(Merchant merchant, long order, Instant now) {
    String token = Ids.token();
    jdbc.sql(
            """
            INSERT INTO cashier_visit (merchant_id, token, order_id, expires_at)
            VALUES (?, ?, ?, ?)
            """)
        .params(merchant.id(), digest(token), order, Timestamp.from(now.plus(VALID)))
        .update();
    return token;
  }

  /** The order that a token leads to, while it does. */
  Optional<Long> order(Merchant merchant, String token, Instant now) {
    return jdbc.sql(
            """
            SELECT order_id FROM cashier_visit
            WHERE merchant_id = ? AND token = ? AND expires_at > ?
            """)
        .params(merchant.id(), digest(token), Timestamp.from(now))
        .query(Long.class)
        .optional();
  }

  @Override
  public String name() {
    return "forget-cashier-visits";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    return jdbc.sql("DELETE FROM cashier_visit WHERE merchant_id = ? AND expires_at <= ?")
        .params(merchant.id(), Timestamp.from(now))
        .update();
  }

  private static byte[] digest(String token) {
    return Bytes.utf8(token).sha256().toArray();
  }
}

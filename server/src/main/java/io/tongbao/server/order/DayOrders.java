package io.tongbao.server.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * What succeeded in a day: orders and transfers, and what the journal says of them. Reads on a
 * connection of the caller, so that both come from one moment.
 */
public final class DayOrders {
  private static final int FETCHED = 1_000;

  private DayOrders() {}

  /** What is counted by. */
  public enum Type {
    DEPOSIT,
    PURCHASE,
    WITHDRAWAL,
    COLLECTION,
    DISBURSEMENT,
    REFUND,
    TRANSFER;

    private static Type of(String kind) {
      return kind.equals(Kind.BATCH_DISBURSEMENT.name()) ? DISBURSEMENT : valueOf(kind);
    }
  }

  /**
   * One that succeeded.
   *
   * @param orderNo ours
   * @param fen the order's amount, fee included
   * @param number the merchant's own
   */
  public record Line(String orderNo, Type type, long fen, Instant at, String number) {}

  /** Takes the lines, one by one. */
  public interface Reader {
    void line(Line line);
  }

  /** Takes one sum of the journal. */
  public interface Summer {
    void sum(Type type, long count, long fen);
  }

  /** All that succeeded from {@code from} until before {@code to}, in the order of time. */
  public static void read(
      Connection snapshot, int merchant, Instant from, Instant to, Reader reader)
      throws SQLException {
    String sql =
        """
        SELECT order_no, kind, amount, finished_at AS at, number FROM orders
        WHERE merchant_id = ? AND finished_at >= ? AND finished_at < ?
          AND state IN ('SUCCEEDED', 'REFUNDED')
        UNION ALL
        SELECT transfer_no, 'TRANSFER', amount, created_at, number FROM transfer
        WHERE merchant_id = ? AND created_at >= ? AND created_at < ?
        ORDER BY at, order_no
        """;
    try (PreparedStatement statement = snapshot.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED);
      bind(statement, 1, merchant, from, to);
      bind(statement, 4, merchant, from, to);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.line(
              new Line(
                  row.getString("order_no"),
                  Type.of(row.getString("kind")),
                  row.getLong("amount"),
                  row.getTimestamp("at").toInstant(),
                  row.getString("number")));
        }
      }
    }
  }

  /**
   * The same out of the journal: what was booked for orders and transfers in that time. A posting's
   * sum is what its first debits take, before any credit; a withdrawal's is all that its account
   * gives. A failed bid's refunds are one posting: each comes by the account of money on its way
   * back.
   */
  public static void sum(Connection snapshot, int merchant, Instant from, Instant to, Summer summer)
      throws SQLException {
    String sql =
        """
        SELECT kind, count(*) AS count, sum(fen)::bigint AS fen FROM (
          SELECT coalesce(o.kind, 'TRANSFER') AS kind,
            (SELECT -sum(e.amount) FROM entry e
             WHERE e.txn_id = t.id AND e.booked_at = t.booked_at
               AND CASE WHEN o.kind = 'WITHDRAWAL' THEN e.account_id = o.account
                        ELSE e.leg < (SELECT min(c.leg) FROM entry c WHERE c.txn_id = t.id
                                      AND c.booked_at = t.booked_at AND c.amount > 0) END) AS fen
          FROM ledger_txn t LEFT JOIN orders o ON o.merchant_id = t.merchant_id AND o.id = t.order_id
          WHERE t.merchant_id = ? AND t.booked_at >= ? AND t.booked_at < ?
            AND t.kind IN ('deposit', 'purchase', 'withdrawal', 'collection', 'disbursement',
                           'batch_disbursement', 'refund', 'transfer')
          UNION ALL
          SELECT 'REFUND', e.amount
          FROM ledger_txn t
            JOIN entry e ON e.txn_id = t.id AND e.booked_at = t.booked_at AND e.amount > 0
            JOIN account a ON a.id = e.account_id AND a.set_no = ?
          WHERE t.merchant_id = ? AND t.booked_at >= ? AND t.booked_at < ?
            AND t.kind = 'bid-refund') posted
        GROUP BY kind
        """;
    try (PreparedStatement statement = snapshot.prepareStatement(sql)) {
      bind(statement, 1, merchant, from, to);
      statement.setString(4, PlatformAccounts.BACKWARD);
      bind(statement, 5, merchant, from, to);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          summer.sum(Type.of(row.getString("kind")), row.getLong("count"), row.getLong("fen"));
        }
      }
    }
  }

  private static void bind(
      PreparedStatement statement, int first, int merchant, Instant from, Instant to)
      throws SQLException {
    statement.setInt(first, merchant);
    statement.setTimestamp(first + 1, Timestamp.from(from));
    statement.setTimestamp(first + 2, Timestamp.from(to));
  }
}

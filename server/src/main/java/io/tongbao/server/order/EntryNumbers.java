package io.tongbao.server.order;

import io.tongbao.ledger.AccountStatement.Line;
import io.tongbao.server.member.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The merchant's own numbers of what moved a member's money: of an order, a platform transfer, or
 * one refund of a failed bid's list. Such a list is one posting, in which the member's refunds
 * stand in the list's order. Specification escrow §5.14.
 */
@Component
public final class EntryNumbers {
  private static final String NUMBERS =
      """
      SELECT e.txn_id, e.leg, coalesce(o.number, f.number, r.number) AS number
        FROM unnest(?::bigint[], ?::int[]) AS e (txn_id, leg)
        JOIN ledger_txn t ON t.id = e.txn_id
        LEFT JOIN orders o ON o.merchant_id = t.merchant_id AND o.id = t.order_id
        LEFT JOIN transfer f
          ON t.kind = 'transfer' AND f.merchant_id = t.merchant_id AND f.transfer_no = t.number
        LEFT JOIN LATERAL (
          SELECT q.number FROM orders q
           WHERE t.kind = 'bid-refund' AND q.merchant_id = t.merchant_id AND q.member_id = ?
             AND q.kind = 'REFUND' AND q.batch_no = t.number
             AND EXISTS (
               SELECT FROM refund_share s
                WHERE s.merchant_id = q.merchant_id AND s.order_id = q.id AND s.account = q.account)
           ORDER BY q.id
          OFFSET (SELECT count(*) FROM entry b
                   WHERE b.txn_id = e.txn_id AND b.account_id = ? AND b.leg < e.leg)
           LIMIT 1) r ON true
       WHERE coalesce(o.number, f.number, r.number) IS NOT NULL
      """;

  private final JdbcClient jdbc;

  EntryNumbers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By {@link Line#id()}; money that came in some other way has none. */
  public Map<String, String> of(Member member, List<Line> lines) {
    Map<String, String> numbers = new HashMap<>();
    RowCallbackHandler each =
        row ->
            numbers.put(row.getLong("txn_id") + "-" + row.getInt("leg"), row.getString("number"));
    jdbc.sql(NUMBERS)
        .param(lines.stream().map(Line::transaction).toArray(Long[]::new))
        .param(lines.stream().map(Line::leg).toArray(Integer[]::new))
        .params(member.id(), member.account())
        .query(each);
    return numbers;
  }
}

package io.tongbao.server.payout.data;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is true of dealers' files at any time: each has a line for all that happened on its day,
 * also where what happened looks otherwise by now. Specification §2.2.
 */
@Configuration(proxyBeanMethods = false)
class DayFileInvariants {
  /** The newest publication of each day that was over when it was made. */
  private static final String FILES =
      """
      SELECT f.merchant_id, f.kind, f.day, f.generation, f.lines, happened.lines AS expected
        FROM (SELECT DISTINCT ON (merchant_id, day) *, day::timestamp AT TIME ZONE 'Asia/Shanghai' AS opens,
                     (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS closes
                FROM line_file WHERE kind = '%s'
               ORDER BY merchant_id, day, generation DESC) f
        CROSS JOIN LATERAL (%s) happened
       WHERE f.made_at >= f.closes AND f.lines <> happened.lines
      """;

  private static final String PAYOUTS =
      """
      SELECT count(*) AS lines FROM payout p
       WHERE p.merchant_id = f.merchant_id AND p.created_at >= f.opens AND p.created_at < f.closes
      """;

  private static final String MOVEMENTS =
      """
      SELECT coalesce(sum(1 + (s.fee > 0)::int), 0) AS lines
        FROM (SELECT r.id AS request FROM channel_request r
               WHERE r.merchant_id = f.merchant_id AND r.owner = 'payout'
                 AND r.created_at >= f.opens AND r.created_at < f.closes
              UNION ALL
              SELECT b.request
                FROM ledger_txn t
                JOIN payout p ON p.merchant_id = t.merchant_id AND p.id = t.order_id
                JOIN payout_part b ON b.merchant_id = p.merchant_id AND b.payout_id = p.id
                 AND t.number = p.ref || '-' || b.side
               WHERE t.merchant_id = f.merchant_id AND t.kind = 'payout-return'
                 AND t.booked_at >= f.opens AND t.booked_at < f.closes) m
        JOIN payout_part s ON s.merchant_id = f.merchant_id AND s.request = m.request
      """;

  @Bean
  Invariant orderFilesHaveTheDaysPayouts() {
    return new Invariant(
        "I-26",
        "a day's order file has all payouts of that day, and no others",
        FILES.formatted("payout-orders", PAYOUTS));
  }

  @Bean
  Invariant billsHaveTheDaysMovements() {
    return new Invariant(
        "I-26",
        "a day's bill has all movements of that day, and no others",
        FILES.formatted("payout-bill", MOVEMENTS));
  }
}

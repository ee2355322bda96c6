package io.tongbao.server.escrow.merchant;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of escrow's files at any time. Specification §4.3.2. */
@Configuration(proxyBeanMethods = false)
class CheckFileInvariant {
  private static final String TOTALS =
      """
      WITH orders_of_day AS (
        SELECT merchant_id, (at AT TIME ZONE 'Asia/Shanghai')::date AS day, type, count(*) AS n,
               sum(amount)::bigint AS fen
        FROM (
          SELECT merchant_id, finished_at AS at, amount,
                 CASE kind WHEN 'DEPOSIT' THEN '充值' WHEN 'PURCHASE' THEN '消费'
                           WHEN 'WITHDRAWAL' THEN '提现' WHEN 'COLLECTION' THEN '代收'
                           WHEN 'REFUND' THEN '退款' ELSE '代付' END AS type
          FROM orders WHERE state IN ('SUCCEEDED', 'REFUNDED')
          UNION ALL SELECT merchant_id, created_at, amount, '平台转账' FROM transfer) o
        GROUP BY merchant_id, day, type),
      expected AS (
        SELECT merchant_id, day,
               string_agg(type || ' ' || n || ' ' || fen, ', ' ORDER BY type COLLATE "C") AS totals
        FROM orders_of_day GROUP BY merchant_id, day)
      SELECT f.merchant_id, f.name, f.totals, e.totals AS expected
      FROM day_file f LEFT JOIN expected e ON e.merchant_id = f.merchant_id AND e.day = f.day
      WHERE f.kind = 'allinpay' AND f.totals <> coalesce(e.totals, '')
      """;

  @Bean
  Invariant checkFilesTellTheDay() {
    return new Invariant("I-26", "a day's file has all orders of that day, and no others", TOTALS);
  }
}

package io.tongbao.server.escrow.notice;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of escrow's notices at any time. Specification §3.6. */
@Configuration(proxyBeanMethods = false)
class EscrowNoticeInvariants {
  private static final String PER_ORDER =
      """
      WITH told AS (
        SELECT merchant_id, subject,
               sum(times) FILTER (WHERE status = 'OK') AS ok,
               sum(times) FILTER (WHERE status = 'error') AS failed
        FROM notice_tally
        WHERE event = 'escrow.order' GROUP BY merchant_id, subject),
      due AS (
        SELECT o.merchant_id, o.id, o.kind, o.state,
               (o.back_url IS NOT NULL AND o.state IN ('SUCCEEDED', 'REFUNDED'))::int AS ok,
               (o.back_url IS NOT NULL AND (
                 EXISTS (
                   SELECT FROM channel_request r
                   WHERE r.merchant_id = o.merchant_id AND r.order_id = o.id
                     AND r.act IN ('PAY_OUT', 'REFUND')
                     AND r.state IN ('DECLINED', 'RETURNED'))
                 -- An item of a list for a bank account may fail before any bank is asked.
                 OR (o.kind = 'BATCH_DISBURSEMENT' AND o.state = 'FAILED' AND EXISTS (
                   SELECT FROM disbursement d
                   WHERE d.merchant_id = o.merchant_id AND d.order_id = o.id
                     AND d.card_id IS NOT NULL))))::int AS failed
        FROM orders o)
      SELECT d.merchant_id, d.id AS order_id, d.kind, d.state, t.ok, t.failed
      FROM due d LEFT JOIN told t ON t.merchant_id = d.merchant_id AND t.subject = d.id
      WHERE d.ok <> coalesce(t.ok, 0) OR d.failed <> coalesce(t.failed, 0)
      """;

  @Bean
  Invariant escrowOrdersAreToldOnce() {
    return new Invariant(
        "I-25", "each order's result is told once, and a payout's failure too", PER_ORDER);
  }
}

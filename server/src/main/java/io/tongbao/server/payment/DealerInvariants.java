package io.tongbao.server.payment;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true at any time of dealers' money and limits. Part of the audit. */
@Configuration(proxyBeanMethods = false)
class DealerInvariants {

  private static final String PURSES =
      """
      SELECT a.id AS account, b.code AS broker, a.set_no AS channel, a.balance, a.frozen,
             coalesce(t.fen, 0) - coalesce(p.gone, 0) AS due, coalesce(p.asked, 0) AS asked
        FROM payout_broker b
        JOIN account a ON a.merchant_id = b.merchant_id AND a.owner_id = b.id
                      AND a.set_no IN ('bankcard', 'alipay', 'wxpay')
        LEFT JOIN LATERAL (
          SELECT sum(amount) AS fen FROM payout_topup t
           WHERE t.merchant_id = b.merchant_id AND t.broker_id = b.id
             AND lower(t.channel) = a.set_no) t ON true
        LEFT JOIN LATERAL (
          SELECT sum(p.amount + p.fee) FILTER (WHERE p.state IN ('SENT', 'TAKEN')) AS gone,
                 sum(p.amount + p.fee) FILTER (WHERE p.state = 'ASKED') AS asked
            FROM payout o
            JOIN payout_part p ON p.merchant_id = o.merchant_id AND p.payout_id = o.id
           WHERE o.merchant_id = b.merchant_id AND o.broker_id = b.id
             AND lower(o.channel) = a.set_no) p ON true
       WHERE a.balance <> coalesce(t.fen, 0) - coalesce(p.gone, 0)
          OR a.frozen <> coalesce(p.asked, 0)
      """;

  private static final String FEES =
      """
      SELECT m.id AS dealer, f.balance AS fees, p.fees - p.rebates AS due_fees, r.rebates,
             p.rebates AS due_rebates
        FROM merchant m
        JOIN account f ON f.merchant_id = m.id AND f.owner_id = 0 AND f.set_no = 'fee'
        JOIN LATERAL (
          SELECT coalesce(sum(fee), 0) AS fees, coalesce(sum(rebate), 0) AS rebates
            FROM payout_part p
           WHERE p.merchant_id = m.id AND p.state IN ('SENT', 'TAKEN')) p ON true
        JOIN LATERAL (
          SELECT coalesce(sum(a.balance), 0) AS rebates
            FROM payout_broker b
            JOIN account a ON a.id = b.rebate_account
           WHERE b.merchant_id = m.id) r ON true
       WHERE m.face = 'payout'
         AND (f.balance <> p.fees - p.rebates OR r.rebates <> p.rebates)
      """;

  private static final String DAYS =
      """
      SELECT coalesce(d.merchant_id, o.merchant_id) AS dealer, coalesce(d.channel, o.channel) AS channel,
             coalesce(d.day, o.day) AS day, d.taken, d.queued, o.taken AS due, o.queued AS due_queue
        FROM payout_day d
        FULL JOIN (
          SELECT merchant_id, channel, day, sum(taken) AS taken, sum(queued) AS queued
            FROM (SELECT merchant_id, channel, day, pay AS taken, 0 AS queued
                    FROM payout WHERE day IS NOT NULL
                  UNION ALL
                  SELECT merchant_id, channel, (created_at AT TIME ZONE 'Asia/Shanghai')::date, 0, pay
                    FROM payout WHERE queued) taking
           GROUP BY merchant_id, channel, day) o
          ON o.merchant_id = d.merchant_id AND o.channel = d.channel AND o.day = d.day
       WHERE coalesce(d.taken, 0) <> coalesce(o.taken, 0)
          OR coalesce(d.queued, 0) <> coalesce(o.queued, 0)
      UNION ALL
      SELECT merchant_id, channel, day, taken, queued, NULL, NULL
        FROM payout_day WHERE channel <> 'WXPAY' AND taken > 2000000000
      UNION ALL
      SELECT e.merchant_id, o.channel, o.day, o.pay, NULL, NULL, NULL
        FROM payout_event e JOIN payout o ON o.merchant_id = e.merchant_id AND o.id = e.payout_id
       WHERE e.to_status = 5 AND o.day IS NOT NULL
         AND o.day <> (e.at AT TIME ZONE 'Asia/Shanghai')::date
      """;

  private static final String MONTHS =
      """
      SELECT coalesce(m.broker_id, o.broker_id) AS broker, coalesce(m.month, o.month) AS month,
             m.total, m.persons, o.total AS due, o.persons AS due_persons
        FROM payout_month m
        FULL JOIN (
          SELECT merchant_id, broker_id, month, sum(pay) AS total,
                 count(DISTINCT person_index) AS persons
            FROM payout WHERE month IS NOT NULL GROUP BY merchant_id, broker_id, month) o
          ON o.merchant_id = m.merchant_id AND o.broker_id = m.broker_id AND o.month = m.month
       WHERE coalesce(m.total, 0) <> coalesce(o.total, 0)
          OR coalesce(m.persons, 0) <> coalesce(o.persons, 0)
      UNION ALL
      SELECT coalesce(m.broker_id, o.broker_id), coalesce(m.month, o.month), m.total, NULL, o.total, NULL
        FROM payout_person_month m
        FULL JOIN (
          SELECT merchant_id, broker_id, month, person_index, sum(pay) AS total
            FROM payout WHERE month IS NOT NULL
           GROUP BY merchant_id, broker_id, month, person_index) o
          ON o.merchant_id = m.merchant_id AND o.broker_id = m.broker_id AND o.month = m.month
         AND o.person_index = m.person_index
       WHERE coalesce(m.total, 0) <> coalesce(o.total, 0)
      """;

  /** From the paths, not from the counters: what was asked, when, for whom. */
  private static final String PAYEES =
      """
      SELECT payout_id AS payout, at, gap, place
        FROM (SELECT e.payout_id, e.at,
                     e.at - lag(e.at) OVER (PARTITION BY o.merchant_id, o.payee_index ORDER BY e.at)
                       AS gap,
                     row_number() OVER (
                       PARTITION BY o.merchant_id, o.payee_index,
                                    (e.at AT TIME ZONE 'Asia/Shanghai')::date
                       ORDER BY e.at) AS place
                FROM payout_event e
                JOIN payout o ON o.merchant_id = e.merchant_id AND o.id = e.payout_id
               WHERE e.to_status = 5 AND o.channel = 'WXPAY') asked
       WHERE gap < interval '15 s' OR place > 100
      """;

  private static final String REPORTS =
      """
      SELECT r.id AS report, t.id AS txn
        FROM payout_report r
        JOIN ledger_txn t ON t.merchant_id = r.merchant_id AND (t.order_id = r.id OR t.number = r.number)
      """;

  @Bean
  Invariant dealersBalancesFollowFromTheirPayouts() {
    return new Invariant(
        "I-21",
        "a dealer's balance is what was topped up less what was paid and is on its way",
        PURSES);
  }

  @Bean
  Invariant feesFollowFromPayouts() {
    return new Invariant("I-21", "fees and rebates are those of what was paid", FEES);
  }

  @Bean
  Invariant daysCountTheirPayouts() {
    return new Invariant("I-21", "a day's limit counts the day's payouts", DAYS);
  }

  @Bean
  Invariant monthsCountTheirPayouts() {
    return new Invariant("I-21", "a month's limits count the month's payouts", MONTHS);
  }

  @Bean
  Invariant payeesAreNotPaidTooOften() {
    return new Invariant(
        "I-21", "no WeChat account is paid within 15 seconds, or 101 times a day", PAYEES);
  }

  @Bean
  Invariant reportsMoveNothing() {
    return new Invariant("I-21", "a report moves no money", REPORTS);
  }
}

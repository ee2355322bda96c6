package io.tongbao.server.order;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true at any time of orders, whatever their kind. Part of the audit. */
@Configuration(proxyBeanMethods = false)
class OrderInvariants {

  private static final String NUMBERS =
      """
      SELECT what, merchant_id AS merchant, number, count(*) AS times
        FROM (SELECT 'order' AS what, merchant_id, number FROM orders
              UNION ALL SELECT 'freeze', merchant_id, number FROM member_freeze
              UNION ALL SELECT 'transfer', merchant_id, number FROM transfer
              UNION ALL SELECT 'batch', merchant_id, number FROM disbursement_batch
              UNION ALL SELECT 'bid refund', merchant_id, number FROM bid_refund
              UNION ALL SELECT 'bid', merchant_id, number FROM bid) n
       GROUP BY what, merchant_id, number HAVING count(*) > 1
      UNION ALL
      SELECT 'no unique index on ' || w.relation, NULL, '(merchant_id, number)', 0
        FROM unnest(ARRAY['orders', 'member_freeze', 'transfer', 'disbursement_batch',
                          'bid_refund', 'bid']) AS w (relation)
       WHERE NOT EXISTS (
         SELECT FROM pg_index i
          WHERE i.indrelid = w.relation::regclass AND i.indisunique AND i.indisvalid
            AND pg_get_indexdef(i.indexrelid) LIKE '%(merchant_id, number)')
      """;

  /** The other face's postings are those of its payouts. */
  private static final String POSTED_FOR =
      """
      SELECT t.id AS txn, t.kind, t.number, t.order_id, o.order_no
        FROM ledger_txn t
        JOIN merchant m ON m.id = t.merchant_id AND m.face = 'escrow'
        LEFT JOIN orders o ON o.merchant_id = t.merchant_id AND o.id = t.order_id
       WHERE t.order_id <> 0 AND %s
      """;

  private static final String POSTED_ONCE =
      """
      SELECT o.id AS order_id, o.kind, o.state, count(t.id) AS postings
        FROM orders o
        LEFT JOIN (SELECT merchant_id, order_id, kind, id FROM ledger_txn WHERE legs > 0
                   UNION ALL
                   SELECT t.merchant_id, r.id, 'refund', t.id  -- a failed bid's, all in one
                     FROM ledger_txn t JOIN orders r
                       ON r.merchant_id = t.merchant_id AND r.batch_no = t.number
                      AND r.kind = 'REFUND'
                    WHERE t.kind = 'bid-refund') t
          ON t.order_id = o.id AND t.merchant_id = o.merchant_id AND t.kind = lower(o.kind)
       GROUP BY o.merchant_id, o.id
      HAVING count(t.id) <> CASE WHEN o.state IN ('SUCCEEDED', 'REFUNDED') THEN 1 ELSE 0 END
      """;

  private static final String NOTHING_HAPPENED =
      """
      SELECT o.id AS order_id, o.state, e.account_id AS account, sum(e.amount) AS net
        FROM orders o
        JOIN ledger_txn t ON t.order_id = o.id AND t.merchant_id = o.merchant_id
        JOIN entry e ON e.txn_id = t.id
       WHERE o.state IN ('UNPAID', 'FAILED', 'CLOSED')
       GROUP BY o.merchant_id, o.id, e.account_id
      HAVING sum(e.amount) <> 0
      """;

  /**
   * The events of orders that have moved since. They are dated by the merchant's clock, which may
   * be ahead of the database's; an hour is for the two machines' own.
   */
  private static final String MOVED =
      """
      (:since = '-infinity' OR (merchant_id, order_id) IN (
        SELECT merchant_id, order_id FROM order_event WHERE at >= :since - interval '1 hour'))\
      """;

  private static final String PATHS =
      """
      SELECT e.order_id, e.seq, e.from_state, e.to_state
        FROM (SELECT *, lag(to_state) OVER w AS before, row_number() OVER w AS place
                FROM order_event WHERE %s
              WINDOW w AS (PARTITION BY merchant_id, order_id ORDER BY seq)) e
       WHERE e.seq <> e.place
          OR e.from_state IS DISTINCT FROM e.before
          OR NOT (coalesce(e.from_state, ''), e.to_state) IN (
               ('', 'UNPAID'), ('', 'IN_PROGRESS'), ('', 'SUCCEEDED'),
               ('UNPAID', 'FAILED'), ('UNPAID', 'SUCCEEDED'), ('UNPAID', 'CLOSED'),
               ('UNPAID', 'IN_PROGRESS'), ('IN_PROGRESS', 'FAILED'), ('IN_PROGRESS', 'SUCCEEDED'),
               ('SUCCEEDED', 'REFUNDED'), ('REFUNDED', 'REFUNDED'))
      """
          .formatted(MOVED);

  private static final String PATHS_END =
      """
      SELECT o.id AS order_id, o.state, e.to_state AS last
        FROM orders o
        LEFT JOIN LATERAL (
          SELECT to_state FROM order_event e
           WHERE e.merchant_id = o.merchant_id AND e.order_id = o.id
           ORDER BY seq DESC LIMIT 1) e ON true
       WHERE e.to_state IS DISTINCT FROM o.state
      UNION ALL
      SELECT e.order_id, NULL, e.to_state
        FROM order_event e
       WHERE NOT EXISTS (
         SELECT FROM orders o WHERE o.merchant_id = e.merchant_id AND o.id = e.order_id)
      """;

  private static final String TIMES =
      """
      SELECT order_id, seq, at
        FROM (SELECT *, lag(at) OVER w AS before, lag(to_state) OVER w AS earlier
                FROM order_event WHERE %s
              WINDOW w AS (PARTITION BY merchant_id, order_id ORDER BY seq)) e
       WHERE at < before OR earlier IN ('FAILED', 'CLOSED')
      """
          .formatted(MOVED);

  private static final String PARTS =
      """
      SELECT o.id AS order_id, o.amount, coalesce(sum(p.amount), 0) AS parts
        FROM orders o
        LEFT JOIN order_part p ON p.merchant_id = o.merchant_id AND p.order_id = o.id
       WHERE o.kind IN ('DEPOSIT', 'PURCHASE', 'COLLECTION')
         AND o.created_at >= :since - interval '1 hour'
       GROUP BY o.merchant_id, o.id
      HAVING coalesce(sum(p.amount), 0) <> o.amount
      """;

  private static final String IN_TIME =
      """
      SELECT o.id AS order_id, o.expires_at, NULL AS confirmed_at
        FROM orders o JOIN merchant m ON m.id = o.merchant_id
       WHERE o.state = 'UNPAID'
         AND o.expires_at + interval '60 s'
           < now() + m.clock_offset_ms * interval '1 ms'
      UNION ALL
      SELECT o.id, o.expires_at, e.at
        FROM orders o
        JOIN order_event e ON e.merchant_id = o.merchant_id AND e.order_id = o.id
       WHERE e.from_state = 'UNPAID' AND e.to_state IN ('IN_PROGRESS', 'SUCCEEDED')
         AND e.at >= o.expires_at
      """;

  private static final String HOLDS =
      """
      SELECT o.id AS order_id, o.state, h.id AS hold, h.remaining
        FROM hold h
        JOIN orders o ON o.merchant_id = h.merchant_id AND o.id = h.order_id
       WHERE h.remaining > 0 AND o.state NOT IN ('UNPAID', 'IN_PROGRESS')
      """;

  private static final String WAITING =
      """
      SELECT o.id AS order_id, o.kind, o.state
        FROM orders o
       WHERE o.state = 'IN_PROGRESS'
         AND NOT EXISTS (
           SELECT FROM channel_request r
            WHERE r.merchant_id = o.merchant_id AND r.order_id = o.id
              AND r.state IN ('WAITING', 'ASKED'))
         AND NOT EXISTS (
           SELECT FROM disbursement_item i
            WHERE i.merchant_id = o.merchant_id AND i.order_id = o.id AND NOT i.done)
      """;

  @Bean
  Invariant orderNumbersAreUnique() {
    return new Invariant("I-08", "no merchant uses a number of its own twice", NUMBERS);
  }

  @Bean
  Invariant postingsHaveTheirOrders() {
    return new Invariant(
        "I-07",
        "what was posted for an order belongs to one",
        POSTED_FOR.formatted("o.id IS NULL"));
  }

  @Bean
  Invariant postingsCarryWhatTheirOrdersSay() {
    return new Invariant(
        "I-28",
        "what was posted for an order has its number and the fingerprint of its request",
        POSTED_FOR.formatted("(t.number <> o.order_no OR t.fingerprint <> o.fingerprint)"));
  }

  @Bean
  Invariant ordersArePostedOnce() {
    return new Invariant(
        "I-09", "an order has one posting of its kind if it succeeded, else none", POSTED_ONCE);
  }

  @Bean
  Invariant ordersThatFailedDidNothing() {
    return new Invariant(
        "I-09", "an order that did not succeed has changed no account", NOTHING_HAPPENED);
  }

  @Bean
  Invariant ordersWalkAllowedPaths() {
    return new Invariant("I-10", "an order's events are a path through its life", PATHS);
  }

  @Bean
  Invariant ordersAreWhereTheirPathsEnd() {
    return new Invariant("I-10", "an order is in the state of its last event", PATHS_END);
  }

  @Bean
  Invariant ordersDoNotMoveBackInTime() {
    return new Invariant(
        "I-11", "an order's events follow each other in time, and none follows its end", TIMES);
  }

  @Bean
  Invariant partsAddUpToTheirOrder() {
    return new Invariant("I-13", "what an order is paid with adds up to its amount", PARTS);
  }

  @Bean
  Invariant ordersAreConfirmedInTime() {
    return new Invariant("I-19", "no order is unpaid, or was confirmed, after it expired", IN_TIME);
  }

  @Bean
  Invariant finishedOrdersHoldNothing() {
    return new Invariant("I-37", "no money is held for an order that is finished", HOLDS);
  }

  @Bean
  Invariant ordersInProgressWaitForSomebody() {
    return new Invariant(
        "I-37",
        "an order in progress waits for a channel that will be asked, or for its batch",
        WAITING);
  }
}

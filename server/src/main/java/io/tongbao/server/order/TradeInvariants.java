package io.tongbao.server.order;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of purchases, collections, disbursements and refunds at any time. */
@Configuration(proxyBeanMethods = false)
class TradeInvariants {

  /** Rows (order, account, amount) that a split tree moves; {@code done} names the orders. */
  private static final String SPLIT_MOVES =
      """
      SELECT s.order_id, coalesce(g.account, done.account) AS account, -s.amount AS amount
        FROM order_split s JOIN done ON done.id = s.order_id
        LEFT JOIN order_split g
          ON g.merchant_id = s.merchant_id AND g.order_id = s.order_id AND g.node = s.parent
      UNION ALL
      SELECT s.order_id, s.account, s.amount - s.fee FROM order_split s JOIN done ON done.id = s.order_id
      UNION ALL
      SELECT s.order_id, own.id, s.fee
        FROM order_split s JOIN done ON done.id = s.order_id
        JOIN own ON own.merchant_id = s.merchant_id
      UNION ALL
      SELECT done.id, done.account, done.amount - done.fee FROM done
      UNION ALL
      SELECT done.id, own.id, done.fee FROM done JOIN own ON own.merchant_id = done.merchant_id
      """;

  private static final String OWN =
      "own AS (SELECT merchant_id, id FROM account WHERE owner_id = 0 AND set_no = '100001')";

  @Bean
  Invariant purchasesArePostedAsTheirTreesSay() {
    return new Invariant(
        "I-12",
        "a purchase moves its parts, its fee and its split tree, and nothing else",
        posted(
            "'PURCHASE'",
            "'purchase'",
            """
            SELECT p.order_id, p.account, -p.amount
              FROM order_part p JOIN done ON done.id = p.order_id
            """));
  }

  @Bean
  Invariant disbursementsArePostedAsTheirTreesSay() {
    return new Invariant(
        "I-12",
        "a disbursement moves its amount, its fee, its split tree and its payout, nothing else",
        posted(
            "'DISBURSEMENT', 'BATCH_DISBURSEMENT'",
            "'disbursement', 'batch_disbursement'",
            """
            SELECT done.id, waiting.id, -done.amount
              FROM done JOIN account waiting
                ON waiting.merchant_id = done.merchant_id AND waiting.owner_id = 0
               AND waiting.set_no = '100004'
            UNION ALL
            SELECT d.order_id, done.account, -d.card_amount
              FROM disbursement d JOIN done ON done.id = d.order_id WHERE d.card_id IS NOT NULL
            UNION ALL
            SELECT d.order_id, bank.id, d.card_amount
              FROM disbursement d JOIN done ON done.id = d.order_id
              JOIN account bank
                ON bank.merchant_id = d.merchant_id AND bank.owner_id = 0
               AND bank.set_no = 'clearing:TLT'
             WHERE d.card_id IS NOT NULL
            """));
  }

  @Bean
  Invariant splitTreesGiveWhatThereIs() {
    return new Invariant(
        "I-12",
        "in every branch: amount >= fee + what is given on",
        """
        SELECT o.id AS order_id, 0 AS node, o.amount, o.fee, sum(s.amount) AS given
          FROM orders o JOIN order_split s
            ON s.merchant_id = o.merchant_id AND s.order_id = o.id AND s.parent = 0
         GROUP BY o.id, o.amount, o.fee
        HAVING o.fee + sum(s.amount) > o.amount
        UNION ALL
        SELECT n.order_id, n.node, n.amount, n.fee, sum(s.amount)
          FROM order_split n JOIN order_split s
            ON s.merchant_id = n.merchant_id AND s.order_id = n.order_id AND s.parent = n.node
         GROUP BY n.order_id, n.node, n.amount, n.fee
        HAVING n.fee + sum(s.amount) > n.amount
        """);
  }

  @Bean
  Invariant refundsAreWhatOrdersSayWasRefunded() {
    return new Invariant(
        "I-14",
        "refunds done or in progress add up to what the original says, by the original's payer",
        """
        SELECT o.id AS original, o.refunded, r.amount, o.fee_refunded, r.fee
          FROM orders o
          LEFT JOIN (SELECT f.merchant_id, f.original_id, sum(q.amount) AS amount,
                            sum(f.fee_amount) AS fee, bool_or(q.state = 'SUCCEEDED') AS given,
                            count(DISTINCT q.member_id) AS payers, min(q.member_id) AS payer
                       FROM refund f JOIN orders q
                         ON q.merchant_id = f.merchant_id AND q.id = f.order_id
                      WHERE q.state <> 'FAILED'
                      GROUP BY f.merchant_id, f.original_id) r
            ON r.merchant_id = o.merchant_id AND r.original_id = o.id
         WHERE o.kind IN ('PURCHASE', 'COLLECTION')
           AND (o.refunded <> coalesce(r.amount, 0) OR o.fee_refunded <> coalesce(r.fee, 0)
                OR (o.state = 'REFUNDED') <> coalesce(r.given, false)
                OR r.payers > 1 OR r.payer <> o.member_id)
        """);
  }

  @Bean
  Invariant sharesAreWhatPartsSayWasRefunded() {
    return new Invariant(
        "I-14",
        "each part's refunded fen are its shares; coupons come back whole or not at all",
        """
        SELECT p.order_id AS original, p.seq AS part, p.way, p.amount, p.refunded, s.amount AS shares
          FROM order_part p
          LEFT JOIN (SELECT f.merchant_id, f.original_id, h.part, sum(h.amount) AS amount
                       FROM refund f
                       JOIN orders q ON q.merchant_id = f.merchant_id AND q.id = f.order_id
                       JOIN refund_share h
                         ON h.merchant_id = f.merchant_id AND h.order_id = f.order_id
                      WHERE q.state <> 'FAILED'
                      GROUP BY f.merchant_id, f.original_id, h.part) s
            ON s.merchant_id = p.merchant_id AND s.original_id = p.order_id AND s.part = p.seq
         WHERE p.refunded <> coalesce(s.amount, 0)
            OR (p.way IN ('COUPON', 'COUPONLIST') AND p.refunded NOT IN (0, p.amount))
        UNION ALL
        SELECT q.id, 0, 'REFUND', q.amount, 0, sum(h.amount)
          FROM orders q LEFT JOIN refund_share h
            ON h.merchant_id = q.merchant_id AND h.order_id = q.id
         WHERE q.kind = 'REFUND'
         GROUP BY q.id, q.amount
        HAVING q.amount IS DISTINCT FROM sum(h.amount)
        """);
  }

  @Bean
  Invariant collectionsRemainWhatWasNotPaidOut() {
    return new Invariant(
        "I-15",
        "a collection's remainder = amount - fee - disbursed - given back; 0 before it is paid",
        """
        SELECT c.order_id, o.state, c.remaining, o.amount, o.fee, d.amount AS disbursed,
               r.amount AS given_back
          FROM collection c JOIN orders o ON o.merchant_id = c.merchant_id AND o.id = c.order_id
          LEFT JOIN (SELECT s.merchant_id, s.collection_id, sum(s.amount) AS amount
                       FROM disbursement_source s
                       JOIN orders q ON q.merchant_id = s.merchant_id AND q.id = s.order_id
                      WHERE q.state <> 'FAILED'
                      GROUP BY s.merchant_id, s.collection_id) d
            ON d.merchant_id = c.merchant_id AND d.collection_id = c.order_id
          LEFT JOIN (SELECT f.merchant_id, f.original_id, sum(q.amount - f.fee_amount) AS amount
                       FROM refund f
                       JOIN orders q ON q.merchant_id = f.merchant_id AND q.id = f.order_id
                      WHERE q.state <> 'FAILED'
                      GROUP BY f.merchant_id, f.original_id) r
            ON r.merchant_id = c.merchant_id AND r.original_id = c.order_id
         WHERE c.remaining <> CASE WHEN o.state IN ('SUCCEEDED', 'REFUNDED')
                 THEN o.amount - o.fee - coalesce(d.amount, 0) - coalesce(r.amount, 0) ELSE 0 END
        """);
  }

  @Bean
  Invariant intermediateAccountsHoldWhatRemains() {
    return new Invariant(
        "I-15",
        "100004 holds what remains of the collections and what is on its way; 100005 is empty",
        """
        SELECT a.merchant_id, a.set_no, a.balance, a.frozen, c.remaining
          FROM account a
          LEFT JOIN (SELECT merchant_id, sum(remaining) AS remaining
                       FROM collection GROUP BY merchant_id) c ON c.merchant_id = a.merchant_id
         WHERE a.owner_id = 0
           AND ((a.set_no = '100004' AND a.balance - a.frozen <> coalesce(c.remaining, 0))
                OR (a.set_no = '100005' AND a.balance <> 0))
        """);
  }

  @Bean
  Invariant disbursementsDrawOnTheirPair() {
    return new Invariant(
        "I-16",
        "a disbursement draws its whole amount on collections of the paired code and same goods",
        """
        SELECT d.order_id, d.trade_code, c.trade_code AS collected, d.goods_no, c.goods_no AS goods
          FROM disbursement d
          JOIN disbursement_source s ON s.merchant_id = d.merchant_id AND s.order_id = d.order_id
          JOIN collection c ON c.merchant_id = s.merchant_id AND c.order_id = s.collection_id
         WHERE d.goods_type <> c.goods_type OR d.goods_no <> c.goods_no
            OR d.trade_code <> (left(c.trade_code, 1)::int + 1)::text || substr(c.trade_code, 2)
        UNION ALL
        SELECT o.id, o.kind, o.state, o.amount::text, sum(s.amount)::text
          FROM orders o LEFT JOIN disbursement_source s
            ON s.merchant_id = o.merchant_id AND s.order_id = o.id
         WHERE o.kind IN ('DISBURSEMENT', 'BATCH_DISBURSEMENT')
           AND (o.state IN ('SUCCEEDED', 'REFUNDED') OR s.order_id IS NOT NULL)
         GROUP BY o.id, o.kind, o.state, o.amount
        HAVING sum(s.amount) IS DISTINCT FROM o.amount
        """);
  }

  @Bean
  Invariant investmentsStayWithinTheirBid() {
    return new Invariant(
        "I-16",
        "a bid's invested fen are its open and paid investments less what was given back",
        """
        SELECT b.number, b.invested, i.amount AS investments, b.highest_amount, b.amount
          FROM bid b
          LEFT JOIN (SELECT c.merchant_id, c.goods_no, sum(o.amount - coalesce(r.amount, 0)) AS amount
                       FROM collection c
                       JOIN orders o ON o.merchant_id = c.merchant_id AND o.id = c.order_id
                       LEFT JOIN (SELECT f.merchant_id, f.original_id, sum(q.amount) AS amount
                                    FROM refund f JOIN orders q
                                      ON q.merchant_id = f.merchant_id AND q.id = f.order_id
                                   WHERE q.state = 'SUCCEEDED'
                                   GROUP BY f.merchant_id, f.original_id) r
                         ON r.merchant_id = o.merchant_id AND r.original_id = o.id
                      WHERE c.goods_type = 1 AND c.trade_code IN ('1001', '1004')
                        AND o.state NOT IN ('FAILED', 'CLOSED')
                      GROUP BY c.merchant_id, c.goods_no) i
            ON i.merchant_id = b.merchant_id AND i.goods_no = b.number
         WHERE b.invested <> coalesce(i.amount, 0)
            OR b.invested > coalesce(b.highest_amount, b.amount)
        UNION ALL
        SELECT c.goods_no, o.amount, 0, b.minimum_investment, b.amount
          FROM collection c
          JOIN orders o ON o.merchant_id = c.merchant_id AND o.id = c.order_id
          JOIN bid b ON b.merchant_id = c.merchant_id AND b.number = c.goods_no
         WHERE c.goods_type = 1 AND c.trade_code IN ('1001', '1004')
           AND o.amount < b.minimum_investment
        """);
  }

  @Bean
  Invariant batchesAreTheirItems() {
    return new Invariant(
        "I-17",
        "a batch's totals are those of its items, whose orders carry its number",
        """
        SELECT b.number, b.items, b.amount, count(o.id) AS orders, sum(o.amount) AS sum
          FROM disbursement_batch b
          LEFT JOIN disbursement_item i ON i.merchant_id = b.merchant_id AND i.batch = b.number
          LEFT JOIN orders o
            ON o.merchant_id = i.merchant_id AND o.id = i.order_id AND o.batch_no = b.number
         GROUP BY b.merchant_id, b.number, b.items, b.amount
        HAVING b.items <> count(o.id) OR b.amount IS DISTINCT FROM sum(o.amount)
        UNION ALL
        SELECT f.number, f.items, f.amount, count(o.id), sum(o.amount)
          FROM bid_refund f
          LEFT JOIN orders o ON o.merchant_id = f.merchant_id AND o.batch_no = f.number
           AND o.kind = 'REFUND' AND o.state = 'SUCCEEDED'
         GROUP BY f.merchant_id, f.number, f.items, f.amount
        HAVING f.items <> count(o.id) OR f.amount IS DISTINCT FROM sum(o.amount)
        """);
  }

  @Bean
  Invariant platformsGivingsAreCouponsAndTransfers() {
    return new Invariant(
        "I-18",
        "what leaves the marketing, deposit and custom sets is coupons and transfers, less returns",
        """
        SELECT coalesce(e.account, w.account) AS account, e.amount AS posted, w.amount AS expected
          FROM (SELECT e.account_id AS account, sum(e.amount) AS amount
                  FROM entry e JOIN account a ON a.id = e.account_id JOIN ledger_txn t ON t.id = e.txn_id
                 WHERE a.owner_id = 0 AND a.set_no IN ('100002', '2000000', '3000001')
                   AND t.kind IN ('collection', 'refund', 'bid-refund', 'transfer')
                 GROUP BY e.account_id) e
          FULL JOIN (SELECT account, sum(amount) AS amount
                       FROM (SELECT p.account, p.refunded - p.amount AS amount
                               FROM order_part p JOIN orders o
                                 ON o.merchant_id = p.merchant_id AND o.id = p.order_id
                              WHERE p.way IN ('COUPON', 'COUPONLIST')
                                AND o.state IN ('SUCCEEDED', 'REFUNDED')
                             UNION ALL
                             SELECT h.account, -h.amount
                               FROM refund_share h JOIN orders q
                                 ON q.merchant_id = h.merchant_id AND q.id = h.order_id
                              WHERE h.way IN ('COUPON', 'COUPONLIST') AND q.state = 'IN_PROGRESS'
                             UNION ALL
                             SELECT source, -amount FROM transfer) moves
                      GROUP BY account) w ON w.account = e.account
         WHERE coalesce(e.amount, 0) <> coalesce(w.amount, 0)
        UNION ALL
        SELECT e.account_id, e.amount, 0
          FROM entry e JOIN account a ON a.id = e.account_id JOIN ledger_txn t ON t.id = e.txn_id
         WHERE a.owner_id = 0 AND a.set_no IN ('2000000', '3000001') AND e.amount < 0
           AND t.kind IN ('deposit', 'withdrawal', 'withdrawal-return', 'disbursement-return')
        """);
  }

  @Bean
  Invariant freezesAreHeld() {
    return new Invariant(
        "I-05",
        "a merchant's freeze is held as far as it was not let go",
        """
        SELECT f.number, f.amount, f.unfrozen, h.remaining
          FROM member_freeze f LEFT JOIN hold h ON h.id = f.hold
         WHERE h.remaining IS DISTINCT FROM f.amount - f.unfrozen
            OR h.account_id IS DISTINCT FROM f.account
        """);
  }

  /** Compares, per order and account, what orders say with what was posted. */
  private static String posted(String kinds, String posting, String also) {
    return """
    WITH %s,
    done AS (SELECT merchant_id, id, account, amount, fee FROM orders
              WHERE kind IN (%s) AND state IN ('SUCCEEDED', 'REFUNDED')
                AND finished_at >= :since - interval '1 hour')
    SELECT order_id, account, sum(amount) AS expected_more_than_posted
      FROM (%s UNION ALL %s
            UNION ALL
            SELECT t.order_id, e.account_id, -e.amount
              FROM ledger_txn t JOIN entry e ON e.txn_id = t.id
             WHERE t.kind IN (%s)
               AND (t.created_at >= :since OR t.order_id IN (SELECT id FROM done))) AS moves
     GROUP BY order_id, account HAVING sum(amount) <> 0
    """
        .formatted(OWN, kinds, SPLIT_MOVES, also, posting);
  }
}

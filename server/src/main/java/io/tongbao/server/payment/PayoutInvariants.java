package io.tongbao.server.payment;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true at any time of payouts, their paths and their notices. Part of the audit. */
@Configuration(proxyBeanMethods = false)
class PayoutInvariants {

  private static final String NUMBERS =
      """
      SELECT coalesce(n.merchant_id, u.merchant_id) AS merchant, coalesce(n.number, u.number) AS number
        FROM payout_number n
        FULL JOIN (SELECT merchant_id, number, 'PAYOUT' AS kind FROM payout
                   UNION ALL SELECT merchant_id, number, 'REPORT' FROM payout_report) u
          ON u.merchant_id = n.merchant_id AND u.number = n.number AND u.kind = n.kind
       WHERE n.number IS NULL OR u.number IS NULL
      UNION ALL
      SELECT NULL, 'no unique index of ' || w.columns || ' on ' || w.relation
        FROM (VALUES ('payout_number', '(merchant_id, number)'), ('payout', '(merchant_id, number)'),
                     ('payout', '(ref)'), ('payout_report', '(merchant_id, number)'))
          AS w (relation, columns)
       WHERE NOT EXISTS (
         SELECT FROM pg_index i
          WHERE i.indrelid = w.relation::regclass AND i.indisunique AND i.indisvalid
            AND pg_get_indexdef(i.indexrelid) LIKE '%' || w.columns)
      """;

  private static final String POSTED_ONCE =
      """
      SELECT p.payout_id AS payout, p.side, p.state, t.times, t.backs
        FROM payout_part p
        JOIN payout o ON o.merchant_id = p.merchant_id AND o.id = p.payout_id
        LEFT JOIN LATERAL (
          SELECT count(*) FILTER (WHERE kind = 'payout') AS times,
                 count(*) FILTER (WHERE kind = 'payout-return') AS backs
            FROM ledger_txn t
           WHERE t.merchant_id = p.merchant_id AND t.order_id = p.payout_id
             AND t.number = o.ref || '-' || p.side) t ON true
       WHERE t.times <> (p.state IN ('SENT', 'TAKEN', 'RETURNED'))::int
          OR t.backs <> (p.state = 'RETURNED')::int
      UNION ALL
      SELECT t.order_id, t.number, t.kind, NULL, NULL
        FROM ledger_txn t
       WHERE t.kind IN ('payout', 'payout-return') AND t.legs > 0
         AND NOT EXISTS (
           SELECT FROM payout_part p JOIN payout o ON o.merchant_id = p.merchant_id AND o.id = p.payout_id
            WHERE p.merchant_id = t.merchant_id AND p.payout_id = t.order_id
              AND t.number = o.ref || '-' || p.side)
      """;

  private static final String POSTED_FOR =
      """
      SELECT t.id AS txn, t.kind, t.number, t.order_id, o.number AS payout
        FROM ledger_txn t
        JOIN merchant m ON m.id = t.merchant_id AND m.face = 'payout'
        LEFT JOIN payout o ON o.merchant_id = t.merchant_id AND o.id = t.order_id
       WHERE t.order_id <> 0 AND %s
      """;

  private static final String CHANNEL =
      """
      SELECT p.payout_id AS payout, p.side, p.state, r.state AS request
        FROM payout_part p
        LEFT JOIN channel_request r ON r.merchant_id = p.merchant_id AND r.id = p.request
       WHERE p.state IS DISTINCT FROM CASE r.state
               WHEN 'WAITING' THEN 'ASKED' WHEN 'ASKED' THEN 'ASKED'
               WHEN 'DECLINED' THEN 'FAILED' WHEN 'RETURNED' THEN 'RETURNED'
               WHEN 'SETTLED' THEN CASE p.state WHEN 'SENT' THEN 'SENT' ELSE 'TAKEN' END END
          OR r.order_id <> p.payout_id OR r.amount <> p.amount
      """;

  private static final String PARTS =
      """
      SELECT o.id AS payout, o.status, o.detail, o.pay, o.fee, p.amount, p.fee AS fees, p.states
        FROM payout o
        LEFT JOIN LATERAL (
          SELECT sum(amount) AS amount, sum(fee) AS fee, count(*) AS parts,
                 string_agg(DISTINCT state, ' ' ORDER BY state) AS states
            FROM payout_part p
           WHERE p.merchant_id = o.merchant_id AND p.payout_id = o.id) p ON true
       WHERE (p.parts > 0 AND (p.amount <> o.pay OR p.fee <> o.fee))
          OR NOT CASE
               WHEN o.status IN (-1, 0, 4, 8, 15, 18) THEN p.parts = 0
               WHEN o.status = 5 THEN p.states IN ('ASKED', 'ASKED FAILED')
               WHEN o.status = 2 THEN p.parts = 0 OR p.states = 'FAILED'
               WHEN o.status = 9 THEN p.states IN ('RETURNED', 'FAILED RETURNED')
               WHEN o.status = 11 THEN p.states IN ('FAILED TAKEN', 'RETURNED TAKEN')
               WHEN o.detail = 27 THEN p.states ~ 'SENT|ASKED' AND p.states ~ 'SENT|TAKEN|RETURNED'
               ELSE p.states = 'TAKEN' END
      """;

  private static final String PATHS =
      """
      SELECT e.payout_id AS payout, e.seq, e.from_status, e.to_status
        FROM (SELECT *, lag(to_status) OVER w AS before, row_number() OVER w AS place
                FROM payout_event
              WINDOW w AS (PARTITION BY merchant_id, payout_id ORDER BY seq)) e
       WHERE e.seq <> e.place
          OR e.from_status IS DISTINCT FROM e.before
          OR NOT (coalesce(e.from_status, 99), e.to_status) IN (
               (99, 0), (0, 2), (0, 4), (0, 8), (0, 15), (0, 18), (0, -1), (4, 8), (4, 15), (4, -1),
               (8, 2), (8, 4), (8, 5), (5, 1), (5, 2), (1, 1), (1, 9), (1, 11), (11, 9))
      """;

  private static final String PATHS_END =
      """
      SELECT o.id AS payout, o.status, e.to_status AS last
        FROM payout o
        LEFT JOIN LATERAL (
          SELECT to_status, detail FROM payout_event e
           WHERE e.merchant_id = o.merchant_id AND e.payout_id = o.id
           ORDER BY seq DESC LIMIT 1) e ON true
       WHERE e.to_status IS DISTINCT FROM o.status OR e.detail IS DISTINCT FROM o.detail
      UNION ALL
      SELECT e.payout_id, NULL, e.to_status
        FROM payout_event e
       WHERE NOT EXISTS (
         SELECT FROM payout o WHERE o.merchant_id = e.merchant_id AND o.id = e.payout_id)
      """;

  private static final String TIMES =
      """
      SELECT payout_id AS payout, seq, at
        FROM (SELECT *, lag(at) OVER w AS before, lag(to_status) OVER w AS earlier
                FROM payout_event
              WINDOW w AS (PARTITION BY merchant_id, payout_id ORDER BY seq)) e
       WHERE at < before OR earlier IN (-1, 2, 9, 15, 18)
      """;

  private static final String TOLD =
      """
      WITH told AS (
        SELECT merchant_id, subject, status::int AS status, sum(times) AS times
          FROM notice_tally
         WHERE event = 'payout.order' GROUP BY merchant_id, subject, 3),
      due AS (
        SELECT e.merchant_id, e.payout_id, e.to_status AS status,
               count(*) FILTER (WHERE e.told) AS times
          FROM payout_event e GROUP BY e.merchant_id, e.payout_id, e.to_status)
      SELECT coalesce(d.payout_id, t.subject) AS payout, coalesce(d.status, t.status) AS status,
             d.times AS due, t.times AS told
        FROM due d
        FULL JOIN told t ON t.merchant_id = d.merchant_id AND t.subject = d.payout_id
                        AND t.status = d.status
       WHERE coalesce(d.times, 0) <> coalesce(t.times, 0)
      UNION ALL
      SELECT o.id, o.status, 1, 0
        FROM payout o
        JOIN LATERAL (
          SELECT told FROM payout_event e
           WHERE e.merchant_id = o.merchant_id AND e.payout_id = o.id ORDER BY seq DESC LIMIT 1) e
          ON true
       WHERE o.status IN (1, 2, 9, 11) AND o.notify_url IS NOT NULL AND NOT e.told
      """;

  private static final String HOLDS =
      """
      SELECT o.id AS payout, o.status, h.id AS hold, h.remaining
        FROM hold h
        JOIN payout o ON o.merchant_id = h.merchant_id AND o.id = h.order_id
        LEFT JOIN payout_part p ON p.merchant_id = h.merchant_id AND p.hold = h.id
       WHERE (h.remaining > 0 AND p.state IS DISTINCT FROM 'ASKED')
          OR (h.remaining = 0 AND p.state = 'ASKED')
      """;

  private static final String LOOKED_AFTER =
      """
      SELECT o.id AS payout, o.status, o.due_at, o.hold_until
        FROM payout o JOIN merchant m ON m.id = o.merchant_id
       WHERE (o.status IN (0, 8) AND o.due_at < now()
                + m.clock_offset_ms * interval '1 ms' - interval '60 s')
          OR (o.status = 4 AND o.hold_until < now()
                + m.clock_offset_ms * interval '1 ms' - interval '60 s')
      UNION ALL
      SELECT payout_id, NULL, look_at, NULL
        FROM payout_part WHERE state = 'SENT' AND look_at IS NULL
      """;

  @Bean
  Invariant payoutNumbersAreUnique() {
    return new Invariant("I-08", "no dealer has a number twice, reports included", NUMBERS);
  }

  @Bean
  Invariant payoutsArePostedOnce() {
    return new Invariant("I-09", "a payout's part is posted once if it was sent", POSTED_ONCE);
  }

  /** A report's are told elsewhere: it has none. */
  @Bean
  Invariant payoutPostingsHaveTheirPayouts() {
    return new Invariant(
        "I-07",
        "what was posted for a payout belongs to one",
        POSTED_FOR.formatted(
            """
            o.id IS NULL AND NOT EXISTS (
              SELECT FROM payout_report r WHERE r.merchant_id = t.merchant_id AND r.id = t.order_id)
            """));
  }

  @Bean
  Invariant payoutPostingsCarryTheirFingerprints() {
    return new Invariant(
        "I-28",
        "what was posted for a payout has the fingerprint of its request",
        POSTED_FOR.formatted("t.fingerprint <> o.fingerprint"));
  }

  @Bean
  Invariant payoutPartsFollowTheirChannel() {
    return new Invariant("I-09", "a payout's part is what its channel said", CHANNEL);
  }

  @Bean
  Invariant payoutsAreTheirParts() {
    return new Invariant("I-10", "a payout's status and amount are its parts'", PARTS);
  }

  @Bean
  Invariant payoutPathsAreAllowed() {
    return new Invariant("I-10", "a payout's path is one that its life allows", PATHS);
  }

  @Bean
  Invariant payoutPathsEndWhereThePayoutIs() {
    return new Invariant("I-10", "a payout is where its path ends", PATHS_END);
  }

  @Bean
  Invariant payoutPathsGoForward() {
    return new Invariant("I-11", "a payout's path goes forward in time and ends", TIMES);
  }

  @Bean
  Invariant payoutsAreTold() {
    return new Invariant("I-25", "each result of a payout is told once", TOLD);
  }

  @Bean
  Invariant payoutHoldsAreOpenWhileAsked() {
    return new Invariant("I-37", "money is set aside for what the channel is asked", HOLDS);
  }

  @Bean
  Invariant payoutsAreLookedAfter() {
    return new Invariant("I-37", "a payout goes on when its time has come", LOOKED_AFTER);
  }
}

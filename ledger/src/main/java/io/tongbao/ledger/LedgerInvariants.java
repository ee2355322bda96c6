package io.tongbao.ledger;

import java.util.List;

/** What the ledger can state without knowing an order. */
public final class LedgerInvariants {
  /** The first day that an audit does not leave out. */
  private static final String FIRST_DAY = "(:since AT TIME ZONE 'Asia/Shanghai')::date";

  /** What the account {@code a} held when the last day before ended, if it had entries by then. */
  private static final String SEALED =
      """
      LATERAL (SELECT day, balance, version FROM day_balance b
                WHERE b.account_id = a.id AND b.day < %s
                ORDER BY day DESC LIMIT 1)\
      """
          .formatted(FIRST_DAY);

  private static final String I01 =
      """
      SELECT txn_id, sum(amount) AS sum, count(*) AS legs
        FROM entry
       WHERE created_at >= :since
       GROUP BY txn_id
      HAVING sum(amount) <> 0 OR count(*) < 2 OR bool_or(amount = 0)
      """;
  private static final String I02 =
      "SELECT sum(balance) AS sum FROM account HAVING sum(balance) <> 0";
  private static final String I03 =
      """
      SELECT coalesce(a.id, e.account_id) AS account, a.balance, a.sealed, e.sum AS entries
        FROM (SELECT a.id, a.balance, coalesce(s.balance, 0) AS sealed
                FROM account a LEFT JOIN %s s ON true) a
        FULL JOIN (SELECT account_id, sum(amount) AS sum
                     FROM entry WHERE created_at >= :since GROUP BY account_id) e
          ON e.account_id = a.id
       WHERE a.id IS NULL OR a.balance <> a.sealed + coalesce(e.sum, 0)
      """
          .formatted(SEALED);
  private static final String I04 =
      """
      SELECT id AS account, balance, frozen, floor
        FROM account
       WHERE balance < floor OR frozen < 0 OR frozen > balance - floor
      """;
  private static final String I05_ACCOUNTS =
      """
      SELECT coalesce(a.id, h.account_id) AS account, a.frozen, h.remaining AS holds
        FROM account a
        FULL JOIN (SELECT account_id, sum(remaining) AS remaining FROM hold GROUP BY account_id) h
          ON h.account_id = a.id
       WHERE a.id IS NULL OR a.frozen <> coalesce(h.remaining, 0)
      """;
  private static final String I05_HOLDS =
      """
      SELECT coalesce(h.id, m.hold_id) AS hold, h.amount, m.frozen, h.remaining, m.remaining AS moves
        FROM (SELECT * FROM hold h WHERE h.created_at >= :since OR EXISTS (
                SELECT FROM hold_move n WHERE n.hold_id = h.id AND n.created_at >= :since)) h
        FULL JOIN (SELECT hold_id, min(account_id) AS first_account, max(account_id) AS account_id,
                          sum(amount) FILTER (WHERE kind = 'freeze') AS frozen,
                          sum(CASE kind WHEN 'freeze' THEN amount ELSE -amount END) AS remaining
                     FROM hold_move m
                    WHERE :since = '-infinity' OR hold_id IN (
                      SELECT hold_id FROM hold_move WHERE created_at >= :since)
                    GROUP BY hold_id) m
          ON m.hold_id = h.id
       WHERE (h.account_id = m.account_id AND h.account_id = m.first_account
              AND h.amount = m.frozen AND h.remaining = m.remaining
              AND h.remaining BETWEEN 0 AND h.amount) IS NOT TRUE
      """;
  private static final String I05_MOVES =
      """
      SELECT account_id AS account, id AS move, frozen_after
        FROM (SELECT account_id, id, frozen_after,
                     frozen_after
                       - CASE kind WHEN 'freeze' THEN amount ELSE -amount END AS frozen_before,
                     lag(frozen_after, 1, CASE WHEN :since = '-infinity' THEN 0::bigint END)
                       OVER (PARTITION BY account_id ORDER BY id) AS last
                FROM hold_move WHERE created_at >= :since) m
       WHERE frozen_before <> last OR frozen_after < 0 OR frozen_before < 0
      """;

  /**
   * Who waited for a lock over midnight has a higher number and an earlier date than who went
   * first. So an audit of open days looks an hour further back for what came before, and lets
   * numbers wander over the cut where their count is right.
   */
  private static final String I06 =
      """
      SELECT id AS account, version, amount, balance_after, last_version, last_balance
        FROM (SELECT account_id AS id, version, amount, balance_after, created_at,
                     lag(version) OVER chain AS last_version,
                     lag(balance_after) OVER chain AS last_balance,
                     lag(created_at) OVER chain AS last_at,
                     min(created_at) OVER (PARTITION BY account_id) AS first_at
                FROM entry WHERE created_at >= :since - interval '1 hour'
              WINDOW chain AS (PARTITION BY account_id ORDER BY version)) a
       WHERE created_at >= :since
         AND CASE WHEN last_version = version - 1 THEN balance_after <> last_balance + amount
                  WHEN last_version >= version OR last_at >= :since THEN true
                  WHEN first_at < :since THEN false
                  ELSE NOT EXISTS (
                    SELECT FROM (SELECT) one LEFT JOIN %1$s s ON true
                     WHERE a.version = coalesce(s.version, 0) + 1
                       AND a.balance_after = coalesce(s.balance, 0) + a.amount) END
       UNION ALL
      SELECT a.id, a.version, NULL, a.balance, coalesce(s.version, 0) + coalesce(e.count, 0), NULL
        FROM account a
        LEFT JOIN %1$s s ON true
        LEFT JOIN (SELECT account_id, count(*) AS count, max(version) AS version
                     FROM entry WHERE created_at >= :since GROUP BY account_id) e
          ON e.account_id = a.id
       WHERE a.version <> coalesce(s.version, 0) + coalesce(e.count, 0) OR a.version < e.version
      """
          .formatted(SEALED);

  private static final String I07 =
      """
      SELECT coalesce(t.id, e.txn_id) AS txn, t.legs, e.legs AS entries
        FROM (SELECT id, legs, booked_at FROM ledger_txn WHERE created_at >= :since) t
        FULL JOIN (SELECT txn_id, count(*) AS legs, count(DISTINCT leg) AS numbers,
                          max(leg) AS last, min(booked_at) AS first_at, max(booked_at) AS last_at
                     FROM entry WHERE created_at >= :since GROUP BY txn_id) e
          ON e.txn_id = t.id
       WHERE t.id IS NULL OR t.legs <> coalesce(e.legs, 0)
          OR e.numbers <> t.legs OR e.last <> t.legs
          OR e.first_at <> t.booked_at OR e.last_at <> t.booked_at
      """;
  private static final String I07_MOVES =
      """
      SELECT coalesce(t.id, m.txn_id) AS txn, t.moves, m.moves AS hold_moves
        FROM (SELECT id, moves FROM ledger_txn WHERE created_at >= :since) t
        FULL JOIN (SELECT txn_id, count(*) AS moves
                     FROM hold_move WHERE created_at >= :since GROUP BY txn_id) m
          ON m.txn_id = t.id
       WHERE t.id IS NULL OR t.moves <> coalesce(m.moves, 0)
      """;
  private static final String I08_INDEXES =
      """
      SELECT w.relation, w.columns
        FROM (VALUES ('account', '{id}'), ('account', '{merchant_id,owner_id,set_no}'),
                     ('ledger_txn', '{id}'), ('ledger_txn', '{merchant_id,kind,number}'),
                     ('entry', '{account_id,booked_at,version}'),
                     ('hold', '{id}'), ('hold_move', '{id}')) AS w (relation, columns)
       WHERE NOT EXISTS (
         SELECT FROM pg_index i
          WHERE i.indrelid = w.relation::regclass
            AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
            AND w.columns::text[] = (
              SELECT array_agg(a.attname::text ORDER BY k.place)
                FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number))
      """;
  private static final String I08_KEYS =
      """
      SELECT merchant_id, kind, number, count(*) AS times
        FROM ledger_txn
       WHERE kind IS NOT NULL AND created_at >= :since
       GROUP BY merchant_id, kind, number
      HAVING count(*) > 1
      """;
  private static final String I08_ACCOUNTS =
      """
      SELECT merchant_id, owner_id, set_no, count(*) AS times
        FROM account
       GROUP BY merchant_id, owner_id, set_no
      HAVING count(*) > 1
      """;
  private static final String I28 =
      """
      SELECT id AS txn, kind, number
        FROM ledger_txn
       WHERE created_at >= :since
         AND ((kind IS NULL) <> (fingerprint IS NULL) OR (kind IS NULL) <> (number IS NULL)
              OR octet_length(fingerprint) = 0)
      """;
  private static final String I33_CHAIN =
      """
      SELECT day, chain = day_chain(previous, day, digest) AS continues, before
        FROM (SELECT *, lag(chain) OVER days AS previous, lag(day) OVER days AS before
                FROM ledger_day
              WINDOW days AS (ORDER BY day)) d
       WHERE (chain = day_chain(previous, day, digest)
              AND day = coalesce(before + 1, day)
              AND opens_at = day::timestamp AT TIME ZONE 'Asia/Shanghai'
              AND closes_at = (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') IS NOT TRUE
      """;

  /** Days between two moments whose entries are not those that they were closed with. */
  private static final String DIGESTS =
      """
      SELECT coalesce(d.day, e.day) AS day, d.entries, e.entries AS found,
             d.digest = coalesce(e.digest, sha256('')) AS same_entries
        FROM (SELECT * FROM ledger_day WHERE closes_at > %1$s AND closes_at <= %2$s) d
        FULL JOIN day_digests(%1$s, %2$s) e ON e.day = d.day
       WHERE (d.entries = coalesce(e.entries, 0)
              AND d.digest = coalesce(e.digest, sha256(''))) IS NOT TRUE
      """;

  private static final String LAST_CLOSE =
      "coalesce((SELECT max(closes_at) FROM ledger_day), '-infinity')";

  /** A day that is left out; with each ten minutes the next one. Of a whole audit it is none. */
  private static final String TURN =
      """
      coalesce((SELECT %s FROM ledger_day WHERE closes_at <= :since ORDER BY day
                OFFSET extract(epoch FROM now())::bigint / 600
                       %% greatest((SELECT count(*) FROM ledger_day WHERE closes_at <= :since), 1)
                 LIMIT 1), '-infinity')\
      """;

  private static final String I33_SEALS =
      """
      SELECT s.day, s.invariants, s.entries, d.entries AS closed_with,
             s.chain = d.chain AS same_chain
        FROM sealed_day s LEFT JOIN ledger_day d ON d.day = s.day
       WHERE (s.entries = d.entries AND s.chain = d.chain) IS NOT TRUE
       UNION ALL
      SELECT d.day, NULL, NULL, d.entries, NULL
        FROM ledger_day d
       WHERE EXISTS (SELECT FROM sealed_day s WHERE s.day > d.day)
         AND NOT EXISTS (SELECT FROM sealed_day s WHERE s.day = d.day)
      """;

  private static final String I33_COUNTS =
      """
      SELECT DISTINCT s.day, s.txns, c.txns AS found, s.moves, c.moves AS moves_found
        FROM sealed_day s
        LEFT JOIN day_counts(:since, %s) c ON c.day = s.day
       WHERE s.day >= (:since AT TIME ZONE 'Asia/Shanghai')::date
         AND (s.txns, s.moves, s.moved)
             <> (coalesce(c.txns, 0), coalesce(c.moves, 0), coalesce(c.moved, 0))
      """
          .formatted(LAST_CLOSE);

  private static final String I34 =
      """
      SELECT coalesce(b.account_id, e.account_id) AS account, coalesce(b.day, e.day) AS day,
             b.balance, b.gained, e.amount AS entries
        FROM (SELECT account_id, day, balance,
                     balance - lag(balance, 1, 0::bigint) OVER days AS gained,
                     version - lag(version, 1, 0::bigint) OVER days AS counted
                FROM (SELECT account_id, day, balance, version FROM day_balance WHERE day >= %2$s
                      UNION ALL
                      SELECT a.id, s.day, s.balance, s.version FROM account a CROSS JOIN %1$s s) d
              WINDOW days AS (PARTITION BY account_id ORDER BY day)) b
        FULL JOIN (SELECT account_id, (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                          sum(amount) AS amount, count(*) AS count
                     FROM entry
                    WHERE created_at >= :since
                      AND created_at < (SELECT max(closes_at) FROM ledger_day)
                    GROUP BY 1, 2) e
          ON e.account_id = b.account_id AND e.day = b.day
       WHERE coalesce(b.day >= %2$s, true)
         AND (b.gained = e.amount AND b.counted = e.count) IS NOT TRUE
      """
          .formatted(SEALED, FIRST_DAY);
  private static final String I35 =
      """
      SELECT e.account_id AS account, e.version, e.amount, e.txn_id AS txn
        FROM (SELECT account_id, locked, version AS opens,
                     lead(version) OVER (PARTITION BY account_id ORDER BY id) AS closes
                FROM account_lock) l
        JOIN entry e ON e.account_id = l.account_id
                    AND e.version > l.opens AND (l.closes IS NULL OR e.version <= l.closes)
       WHERE l.locked AND e.created_at >= :since
         AND (e.amount > 0
              OR NOT EXISTS (SELECT FROM hold_move m
                              WHERE m.txn_id = e.txn_id AND m.account_id = e.account_id
                                AND m.kind = 'capture'))
      """;
  private static final String I35_STATE =
      """
      SELECT a.id AS account, a.locked, l.locked AS logged
        FROM account a
        LEFT JOIN (SELECT DISTINCT ON (account_id) account_id, locked
                     FROM account_lock ORDER BY account_id, id DESC) l
          ON l.account_id = a.id
       WHERE a.locked <> coalesce(l.locked, false)
      """;

  private LedgerInvariants() {}

  /** The ledger's invariants; other modules add theirs. */
  public static List<Invariant> all() {
    return List.of(
        new Invariant("I-01", "Each posting sums to zero and has at least two legs.", I01),
        new Invariant("I-02", "All balances together are zero.", I02),
        new Invariant("I-03", "An account's balance is the sum of its entries.", I03),
        new Invariant("I-04", "No balance is below its floor, nothing frozen is missing.", I04),
        new Invariant("I-05", "What is frozen is what the holds have left.", I05_ACCOUNTS),
        new Invariant("I-05", "What a hold has left follows from its moves.", I05_HOLDS),
        new Invariant("I-05", "Each move continues what was frozen before it.", I05_MOVES),
        new Invariant("I-06", "Entries are numbered without gap and continue the balance.", I06),
        new Invariant("I-07", "Each transaction has exactly its entries.", I07),
        new Invariant("I-07", "Each transaction has exactly its hold moves.", I07_MOVES),
        new Invariant("I-08", "The unique indexes of the ledger exist.", I08_INDEXES),
        new Invariant("I-08", "No key was used twice.", I08_KEYS),
        new Invariant("I-08", "No owner has an account set twice.", I08_ACCOUNTS),
        new Invariant("I-28", "Each key has the fingerprint of its request.", I28),
        new Invariant("I-33", "Each closed day continues the one before.", I33_CHAIN),
        new Invariant(
            "I-33",
            "A closed day's entries are those it was closed with.",
            DIGESTS.formatted(":since", LAST_CLOSE)),
        new Invariant(
            "I-33",
            "So are those of the one day whose turn it is, of those that are left out.",
            DIGESTS.formatted(TURN.formatted("opens_at"), TURN.formatted("closes_at"))),
        new Invariant("I-33", "A sealed day is the one that was closed.", I33_SEALS),
        new Invariant("I-33", "A sealed day has what it was sealed with.", I33_COUNTS),
        new Invariant(
            "I-34", "What an account held then is what it held before, and entries.", I34),
        new Invariant("I-35", "Nothing but captures touched an account while locked.", I35),
        new Invariant("I-35", "An account is locked as its log says.", I35_STATE));
  }
}

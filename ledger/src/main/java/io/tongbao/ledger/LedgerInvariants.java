package io.tongbao.ledger;

import java.util.List;

/** What the ledger can state without knowing an order. */
public final class LedgerInvariants {
  private static final String I01 =
      """
      SELECT txn_id, sum(amount) AS sum, count(*) AS legs
        FROM entry
       GROUP BY txn_id
      HAVING sum(amount) <> 0 OR count(*) < 2 OR bool_or(amount = 0)
      """;
  private static final String I02 =
      "SELECT sum(balance) AS sum FROM account HAVING sum(balance) <> 0";
  private static final String I03 =
      """
      SELECT coalesce(a.id, e.account_id) AS account, a.balance, e.sum AS entries
        FROM account a
        FULL JOIN (SELECT account_id, sum(amount) AS sum FROM entry GROUP BY account_id) e
          ON e.account_id = a.id
       WHERE a.id IS NULL OR a.balance <> coalesce(e.sum, 0)
      """;
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
        FROM hold h
        FULL JOIN (SELECT hold_id, min(account_id) AS first_account, max(account_id) AS account_id,
                          sum(amount) FILTER (WHERE kind = 'freeze') AS frozen,
                          sum(CASE kind WHEN 'freeze' THEN amount ELSE -amount END) AS remaining
                     FROM hold_move GROUP BY hold_id) m
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
                     lag(frozen_after, 1, 0::bigint)
                       OVER (PARTITION BY account_id ORDER BY id) AS last
                FROM hold_move) m
       WHERE frozen_before <> last OR frozen_after < 0
      """;
  private static final String I06 =
      """
      SELECT account_id AS account, version, amount, balance_after, last_version, last_balance
        FROM (SELECT account_id, version, amount, balance_after,
                     lag(version, 1, 0::bigint) OVER chain AS last_version,
                     lag(balance_after, 1, 0::bigint) OVER chain AS last_balance
                FROM entry
              WINDOW chain AS (PARTITION BY account_id ORDER BY version)) e
       WHERE version <> last_version + 1 OR balance_after <> last_balance + amount
       UNION ALL
      SELECT a.id, a.version, NULL, a.balance, e.version, NULL
        FROM account a
        LEFT JOIN (SELECT account_id, max(version) AS version FROM entry GROUP BY account_id) e
          ON e.account_id = a.id
       WHERE a.version <> coalesce(e.version, 0)
      """;
  private static final String I07 =
      """
      SELECT coalesce(t.id, e.txn_id) AS txn, t.legs, e.legs AS entries
        FROM ledger_txn t
        FULL JOIN (SELECT txn_id, count(*) AS legs, count(DISTINCT leg) AS numbers,
                          max(leg) AS last, min(booked_at) AS first_at, max(booked_at) AS last_at
                     FROM entry GROUP BY txn_id) e
          ON e.txn_id = t.id
       WHERE t.id IS NULL OR t.legs <> coalesce(e.legs, 0)
          OR e.numbers <> t.legs OR e.last <> t.legs
          OR e.first_at <> t.booked_at OR e.last_at <> t.booked_at
      """;
  private static final String I07_MOVES =
      """
      SELECT coalesce(t.id, m.txn_id) AS txn, t.moves, m.moves AS hold_moves
        FROM ledger_txn t
        FULL JOIN (SELECT txn_id, count(*) AS moves FROM hold_move GROUP BY txn_id) m
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
       WHERE kind IS NOT NULL
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
       WHERE (kind IS NULL) <> (fingerprint IS NULL) OR (kind IS NULL) <> (number IS NULL)
          OR octet_length(fingerprint) = 0
      """;
  private static final String I33 =
      """
      SELECT coalesce(d.day, e.day) AS day, d.entries, e.entries AS found,
             d.digest = coalesce(e.digest, sha256('')) AS same_entries,
             d.chain = day_chain(d.previous, d.day, d.digest) AS continues
        FROM (SELECT *, lag(chain) OVER days AS previous, lag(day) OVER days AS before
                FROM ledger_day
              WINDOW days AS (ORDER BY day)) d
        FULL JOIN (SELECT * FROM day_digests(
                     '-infinity', coalesce((SELECT max(closes_at) FROM ledger_day), '-infinity'))) e
          ON e.day = d.day
       WHERE (d.entries = coalesce(e.entries, 0) AND d.digest = coalesce(e.digest, sha256(''))
              AND d.chain = day_chain(d.previous, d.day, d.digest)
              AND d.day = coalesce(d.before + 1, d.day)
              AND d.opens_at = d.day::timestamp AT TIME ZONE 'Asia/Shanghai'
              AND d.closes_at = (d.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') IS NOT TRUE
      """;
  private static final String I34 =
      """
      SELECT coalesce(b.account_id, e.account_id) AS account, coalesce(b.day, e.day) AS day,
             b.balance, b.gained, e.amount AS entries
        FROM (SELECT account_id, day, balance,
                     balance - lag(balance, 1, 0::bigint) OVER days AS gained,
                     version - lag(version, 1, 0::bigint) OVER days AS counted
                FROM day_balance
              WINDOW days AS (PARTITION BY account_id ORDER BY day)) b
        FULL JOIN (SELECT account_id, (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                          sum(amount) AS amount, count(*) AS count
                     FROM entry
                    WHERE created_at < (SELECT max(closes_at) FROM ledger_day)
                    GROUP BY 1, 2) e
          ON e.account_id = b.account_id AND e.day = b.day
       WHERE (b.gained = e.amount AND b.counted = e.count) IS NOT TRUE
      """;
  private static final String I35 =
      """
      SELECT e.account_id AS account, e.version, e.amount, e.txn_id AS txn
        FROM (SELECT account_id, locked, version AS opens,
                     lead(version) OVER (PARTITION BY account_id ORDER BY id) AS closes
                FROM account_lock) l
        JOIN entry e ON e.account_id = l.account_id
                    AND e.version > l.opens AND (l.closes IS NULL OR e.version <= l.closes)
       WHERE l.locked
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
        new Invariant("I-33", "A closed day's entries are those it was closed with.", I33),
        new Invariant(
            "I-34", "What an account held then is what it held before, and entries.", I34),
        new Invariant("I-35", "Nothing but captures touched an account while locked.", I35),
        new Invariant("I-35", "An account is locked as its log says.", I35_STATE));
  }
}

-- Closed days that a whole audit has found in order. An audit of what is open leaves them out and
-- goes by what is written here; the whole one looks at them again, and at this.
CREATE TABLE sealed_day (
  invariants text NOT NULL,            -- the digest of what the audit asked
  day        date NOT NULL,
  entries    bigint NOT NULL,
  txns       bigint NOT NULL,          -- how many transactions, with entries or without
  moves      bigint NOT NULL,          -- of holds
  moved      bigint NOT NULL,          -- their sum
  chain      bytea NOT NULL,           -- the journal's up to this day
  sealed_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (invariants, day)
);
SELECT make_append_only('sealed_day');
REVOKE INSERT ON sealed_day FROM tongbao_app;

-- They lie in the order in which they were written, like entries.
CREATE INDEX ledger_txn_created ON ledger_txn USING brin (created_at) WITH (pages_per_range = 32);
CREATE INDEX hold_move_created ON hold_move USING brin (created_at) WITH (pages_per_range = 32);

-- What was written on each day from first until before last, beside entries.
CREATE FUNCTION day_counts(first timestamptz, last timestamptz)
  RETURNS TABLE (day date, txns bigint, moves bigint, moved bigint)
  LANGUAGE sql STABLE AS $$
  SELECT c.day, sum(c.txns)::bigint, sum(c.moves)::bigint, sum(c.moved)::bigint
    FROM (SELECT (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                 count(*) AS txns, 0 AS moves, 0 AS moved
            FROM ledger_txn WHERE created_at >= first AND created_at < last GROUP BY 1
          UNION ALL
          SELECT (created_at AT TIME ZONE 'Asia/Shanghai')::date, 0, count(*), sum(amount)
            FROM hold_move WHERE created_at >= first AND created_at < last GROUP BY 1) c
   GROUP BY c.day
$$;

-- Seals what is closed up to that day and is not sealed for these invariants. The caller has looked
-- at it; nothing is added to a closed day.
CREATE FUNCTION seal_days(by text, through date) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH due AS (
    SELECT * FROM ledger_day d
     WHERE day <= through
       AND NOT EXISTS (SELECT FROM sealed_day s WHERE s.invariants = by AND s.day = d.day))
  INSERT INTO sealed_day (invariants, day, entries, txns, moves, moved, chain)
  SELECT by, d.day, d.entries, coalesce(c.txns, 0), coalesce(c.moves, 0), coalesce(c.moved, 0), d.chain
    FROM due d
    LEFT JOIN day_counts((SELECT min(opens_at) FROM due), (SELECT max(closes_at) FROM due)) c
      ON c.day = d.day
  ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION seal_days(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_days(text, date) TO tongbao_app;

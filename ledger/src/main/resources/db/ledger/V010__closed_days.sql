-- The journal's days, by the database's own clock (created_at), midnight to midnight in Beijing.
-- A closed day gets no more entries, and its digest continues that of the day before. The
-- application reads these tables and calls the functions; it writes neither table itself.
CREATE TABLE ledger_day (
  day       date PRIMARY KEY,
  opens_at  timestamptz NOT NULL,
  closes_at timestamptz NOT NULL CHECK (closes_at > opens_at),
  entries   bigint NOT NULL CHECK (entries >= 0),
  accounts  bigint NOT NULL CHECK (accounts >= 0),  -- how many of them had an entry
  digest    bytea NOT NULL,                          -- of the day's entries
  chain     bytea NOT NULL,                          -- of the chain before, the day and the digest
  closed_at timestamptz NOT NULL DEFAULT now()
);

-- What an account held when a day closed, where it had an entry on that day. On any other day it
-- held what the last row before says, and before the first row nothing.
CREATE TABLE day_balance (
  account_id  bigint NOT NULL,
  day         date NOT NULL,
  merchant_id int NOT NULL,
  balance     bigint NOT NULL,
  version     bigint NOT NULL,
  PRIMARY KEY (account_id, day)
);
SELECT make_append_only(name::regclass) FROM unnest(ARRAY['ledger_day', 'day_balance']) AS name;
REVOKE INSERT ON ledger_day, day_balance FROM tongbao_app;

-- Entries lie in the order in which they were written: so this one costs next to nothing.
CREATE INDEX entry_created ON entry USING brin (created_at) WITH (pages_per_range = 32);

-- The digest of each day's entries that were written from first until before last. The order of
-- commits has no part in it. Hashed in blocks of transactions, so that no day is too large for it.
CREATE FUNCTION day_digests(first timestamptz, last timestamptz)
  RETURNS TABLE (day date, entries bigint, digest bytea)
  LANGUAGE sql STABLE AS $$
  SELECT b.day, sum(b.entries)::bigint, sha256(string_agg(b.digest, ''::bytea ORDER BY b.block))
    FROM (SELECT (e.created_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                 e.txn_id / 1024 AS block, count(*) AS entries,
                 sha256(string_agg(
                   int8send(e.txn_id) || int2send(e.leg) || int8send(e.account_id)
                   || int4send(e.merchant_id) || int8send(e.amount) || int8send(e.version)
                   || int8send(e.balance_after) || int8send(e.frozen_after)
                   || timestamptz_send(e.booked_at) || timestamptz_send(e.created_at)
                   || coalesce('\x01'::bytea || sha256(convert_to(e.remark, 'UTF8')), '\x00'::bytea),
                   ''::bytea ORDER BY e.txn_id, e.leg)) AS digest
            FROM entry e
           WHERE e.created_at >= first AND e.created_at < last
           GROUP BY 1, 2) b
   GROUP BY b.day
$$;

-- How a day hangs on the one before.
CREATE FUNCTION day_chain(previous bytea, day date, digest bytea) RETURNS bytea
  LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(coalesce(previous, ''::bytea) || int4send(day - date '2000-01-01') || digest)
$$;

-- Whether a transaction that began before the cut is still open: its entries would bear an earlier
-- date. As the owner, because others may not look into sessions.
CREATE FUNCTION is_open_before(cut timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('track_activities') <> 'on' THEN
    RAISE EXCEPTION 'track_activities is off: nobody can tell when a day has ended';
  END IF;
  RETURN EXISTS (
    SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend'
       AND pid <> pg_backend_pid() AND xact_start < cut);
END $$;

-- Closes the day after the last closed one; false where another session is doing it. The caller has
-- seen that nothing is open before the cut, and sees one moment (REPEATABLE READ). What an account
-- held is reckoned back from what it holds now, not forward from the day before: so the two prove
-- each other.
CREATE FUNCTION close_day(closing date, opens timestamptz, closes timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last ledger_day;
  moved bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('close_day')) THEN
    RETURN false;
  END IF;
  SELECT * INTO last FROM ledger_day ORDER BY day DESC LIMIT 1;
  IF last.day >= closing THEN
    RETURN false;
  END IF;
  IF last.day <> closing - 1 OR closes > clock_timestamp() OR is_open_before(closes) THEN
    RAISE EXCEPTION 'the day % cannot be closed', closing;
  END IF;
  INSERT INTO day_balance (account_id, day, merchant_id, balance, version)
  SELECT a.id, closing, a.merchant_id,
         a.balance - coalesce(l.amount, 0), a.version - coalesce(l.entries, 0)
    FROM account a
    JOIN (SELECT DISTINCT account_id FROM entry
           WHERE created_at >= opens AND created_at < closes) m ON m.account_id = a.id
    LEFT JOIN (SELECT account_id, sum(amount)::bigint AS amount, count(*) AS entries
                 FROM entry WHERE created_at >= closes GROUP BY account_id) l
      ON l.account_id = a.id;
  GET DIAGNOSTICS moved = ROW_COUNT;
  INSERT INTO ledger_day (day, opens_at, closes_at, entries, accounts, digest, chain)
  SELECT closing, opens, closes, coalesce(d.entries, 0), moved,
         coalesce(d.digest, sha256('')), day_chain(last.chain, closing, coalesce(d.digest, sha256('')))
    FROM (SELECT) one LEFT JOIN day_digests(opens, closes) d ON true;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION is_open_before(timestamptz), close_day(date, timestamptz, timestamptz)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_open_before(timestamptz), close_day(date, timestamptz, timestamptz)
  TO tongbao_app;

-- Nothing is written into a closed day. The poster takes the code as: once more, with a new date.
-- Looked at once per statement, because the application cannot choose the date: it may not name
-- created_at, and it gets at partitions only through entry. (A trigger for each row would cost a
-- fifth of the insert.) A later column of entry must be granted like these.
CREATE FUNCTION refuse_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF now() < (SELECT closes_at FROM ledger_day ORDER BY day DESC LIMIT 1) THEN
    RAISE EXCEPTION 'the day of % is closed', now() USING ERRCODE = 'TB001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_closed_day BEFORE INSERT ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_day();

REVOKE INSERT ON entry, entry_any FROM tongbao_app;
DO $$
BEGIN
  EXECUTE (SELECT format('GRANT INSERT (%s) ON entry TO tongbao_app', string_agg(quote_ident(attname), ', '))
             FROM pg_attribute
            WHERE attrelid = 'entry'::regclass AND attnum > 0 AND NOT attisdropped
              AND attname <> 'created_at');
END $$;

-- The ledger: accounts, the journal of entries, holds. Amounts are fen.
-- booked_at is the merchant's clock; created_at is the database's.

-- The application works as this role (SET ROLE on every connection): it may add to the journal,
-- and never change it. Roles belong to the whole cluster, so another database may have made it.
-- Or the operator has, for an owner who may not make roles.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tongbao_app') THEN
    CREATE ROLE tongbao_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;

DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'tongbao_app', 'MEMBER') THEN
    EXECUTE format('GRANT tongbao_app TO %I', current_user);
  END IF;
END $$;

GRANT USAGE ON SCHEMA public TO tongbao_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tongbao_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO tongbao_app;

-- No index on balance, frozen or version: so updates stay within their page (HOT).
CREATE TABLE account (
  id          bigint PRIMARY KEY,
  merchant_id int NOT NULL,
  owner_id    bigint NOT NULL,               -- 0: the application itself
  set_no      text NOT NULL,
  balance     bigint NOT NULL DEFAULT 0 CHECK (balance <= 1000000000000000000),
  frozen      bigint NOT NULL DEFAULT 0 CHECK (frozen >= 0),
  floor       bigint NOT NULL DEFAULT 0 CHECK (floor BETWEEN -1000000000000000000 AND 0),
  version     bigint NOT NULL DEFAULT 0,     -- how many entries it has
  locked      boolean NOT NULL DEFAULT false,
  opened_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT account_owner_set UNIQUE (merchant_id, owner_id, set_no),
  CONSTRAINT account_floor CHECK (balance >= floor),
  CONSTRAINT account_frozen CHECK (frozen <= balance - floor)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- One committed change. kind, number and fingerprint are absent where the change had no key.
CREATE TABLE ledger_txn (
  id          bigint PRIMARY KEY,
  merchant_id int NOT NULL,
  kind        text CHECK (length(kind) BETWEEN 1 AND 24),
  number      text,
  order_id    bigint NOT NULL DEFAULT 0,
  fingerprint bytea,
  booked_at   timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  legs        smallint NOT NULL CHECK (legs >= 0),   -- how many entries belong to it
  moves       smallint NOT NULL CHECK (moves >= 0),  -- how many hold moves belong to it
  CONSTRAINT ledger_txn_key UNIQUE (merchant_id, kind, number),
  CONSTRAINT ledger_txn_whole_key CHECK (num_nulls(kind, number, fingerprint) IN (0, 3))
);
CREATE INDEX ledger_txn_order ON ledger_txn (order_id) WHERE order_id <> 0;

-- Handed out in blocks, each in a commit of its own, so that no crash hands one out twice.
CREATE SEQUENCE ledger_txn_block INCREMENT BY 1024 START WITH 1024;

-- The journal. The primary key is also the order in which a statement is read.
CREATE TABLE entry (
  txn_id        bigint NOT NULL,
  leg           smallint NOT NULL CHECK (leg > 0),
  account_id    bigint NOT NULL,
  merchant_id   int NOT NULL,
  amount        bigint NOT NULL CHECK (amount <> 0),
  version       bigint NOT NULL CHECK (version > 0), -- the account's own count, 1..n without gap
  balance_after bigint NOT NULL,
  frozen_after  bigint NOT NULL,
  booked_at     timestamptz NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  remark        text,
  PRIMARY KEY (account_id, booked_at, version)
) PARTITION BY RANGE (booked_at);
CREATE INDEX entry_txn ON entry (txn_id);
CREATE TABLE entry_any PARTITION OF entry DEFAULT;

CREATE TABLE hold (
  id          bigint PRIMARY KEY,
  account_id  bigint NOT NULL,
  merchant_id int NOT NULL,
  order_id    bigint NOT NULL,
  purpose     text NOT NULL,
  amount      bigint NOT NULL CHECK (amount > 0),
  remaining   bigint NOT NULL,
  booked_at   timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT hold_remaining CHECK (remaining BETWEEN 0 AND amount)
) WITH (fillfactor = 80);
CREATE INDEX hold_account ON hold (account_id);

-- Ids are drawn under the account's lock: they order the moves of one account.
CREATE TABLE hold_move (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hold_id         bigint NOT NULL,
  account_id      bigint NOT NULL,
  txn_id          bigint NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('freeze', 'unfreeze', 'capture')),
  amount          bigint NOT NULL CHECK (amount > 0),
  frozen_after    bigint NOT NULL,
  remaining_after bigint NOT NULL,
  booked_at       timestamptz NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hold_move_hold ON hold_move (hold_id);
CREATE INDEX hold_move_txn ON hold_move (txn_id);

-- When an account was locked and opened again, between which of its entries.
CREATE TABLE account_lock (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint NOT NULL,
  txn_id     bigint NOT NULL,
  locked     boolean NOT NULL,
  version    bigint NOT NULL,
  booked_at  timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_lock_account ON account_lock (account_id);

-- The last batch that each poster committed: read when the answer to a COMMIT was lost.
-- Transaction ids will not do for that: a crash can hand one out a second time.
CREATE TABLE poster (
  id         bigint PRIMARY KEY,
  batch      bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 20);

-- What is written stays written, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION make_append_only(written regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM tongbao_app', written);
  EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', written);
  -- The partitions inherit a row trigger from their parent.
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = written AND tgname = 'refuse_change') THEN
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_change()', written);
  END IF;
END $$;
REVOKE ALL ON FUNCTION make_append_only(regclass) FROM PUBLIC;

SELECT make_append_only(name::regclass)
  FROM unnest(ARRAY['entry', 'entry_any', 'ledger_txn', 'hold_move', 'account_lock']) AS name;

-- Gives a month of Beijing time its own partition; false where it has one, or where entries of that
-- month are already in the default partition (they stay there). The application may call it.
CREATE FUNCTION open_entry_month(day date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  first date := date_trunc('month', day)::date;
  opens timestamptz := first::timestamp AT TIME ZONE 'Asia/Shanghai';
  closes timestamptz := (first + interval '1 month') AT TIME ZONE 'Asia/Shanghai';
  partition text := 'entry_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass(partition) IS NOT NULL
     OR EXISTS (SELECT FROM entry_any WHERE booked_at >= opens AND booked_at < closes) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF entry FOR VALUES FROM (%L) TO (%L)', partition, opens, closes);
  PERFORM make_append_only(partition::regclass);
  EXECUTE format('REVOKE INSERT ON %I FROM tongbao_app', partition); -- only through entry itself
  RETURN true;
END $$;

-- A year ahead; the server opens further months when it starts.
SELECT open_entry_month((date_trunc('month', now()) + n * interval '1 month')::date)
  FROM generate_series(0, 11) AS n;

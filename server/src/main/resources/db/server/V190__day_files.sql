-- The files that were cut for a merchant's days. The file itself lies in the data folder and can be
-- made again from the orders at any time.
CREATE TABLE day_file (
  merchant_id int NOT NULL,
  name        text NOT NULL,
  kind        text NOT NULL,            -- which daily file of the face
  day         date NOT NULL,
  lines       bigint NOT NULL,
  bytes       bigint NOT NULL,
  sha256      bytea NOT NULL,
  totals      text NOT NULL,            -- per type: count and fen; equal to the journal's
  cut_at      timestamptz NOT NULL,     -- the merchant's clock
  made_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, name),
  UNIQUE (merchant_id, kind, day)
);

-- Addresses under which files are handed out: only their owner knows the token.
CREATE TABLE download (
  token       bytea PRIMARY KEY,        -- SHA-256 of it
  merchant_id int NOT NULL,
  name        text NOT NULL,
  expires_at  timestamptz NOT NULL      -- the merchant's clock
);
CREATE INDEX download_by_merchant ON download (merchant_id, expires_at);

-- The journal of one day, without a cost to each posting.
CREATE INDEX ledger_txn_by_day ON ledger_txn USING brin (booked_at) WITH (pages_per_range = 16);

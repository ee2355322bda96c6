-- Which channels are closed for maintenance just now. An absent row is an open channel.
CREATE TABLE channel_maintenance (
  channel    text PRIMARY KEY,
  since      timestamptz NOT NULL DEFAULT now()
);

-- The sandbox's bank: a memory of its own beside ours, written in commits of its own, as a real
-- bank's would be. What it took in stays taken in when our server dies before hearing the answer.
-- Only profile sandbox has the code that uses it.
CREATE SCHEMA simbank;
CREATE TABLE simbank.deal (
  request_id   bigint PRIMARY KEY,
  merchant_id  int NOT NULL,
  channel      text NOT NULL,
  act          text NOT NULL,
  amount       bigint NOT NULL CHECK (amount > 0),   -- fen
  serial       text NOT NULL UNIQUE,                 -- the bank's own number
  verdict      text NOT NULL CHECK (verdict IN ('OPEN', 'PENDING', 'SETTLED', 'DECLINED', 'RETURNED')),
  manner       text NOT NULL,
  reason       text,
  code         text,                                 -- what a payer types at a terminal
  asked        int NOT NULL DEFAULT 1,               -- asked and queried, in all
  clock_offset bigint NOT NULL,                      -- milliseconds, when it was taken in
  returns_at   timestamptz,                          -- the merchant's clock
  created_at   timestamptz NOT NULL                  -- the merchant's clock
);
CREATE INDEX deal_returning ON simbank.deal (merchant_id, returns_at) WHERE verdict = 'SETTLED';
CREATE UNIQUE INDEX deal_at_terminal ON simbank.deal (merchant_id, code) WHERE verdict = 'OPEN';
GRANT USAGE ON SCHEMA simbank TO tongbao_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON simbank.deal TO tongbao_app;

-- What we ask of banks and wallets. A row is written in the commit of the order that needs it; a
-- worker asks, and the answer closes the row in the commit that moves the order.
CREATE TABLE channel_request (
  id           bigint NOT NULL,              -- also the number under which the channel knows it
  merchant_id  int NOT NULL,
  channel      text NOT NULL,
  act          text NOT NULL CHECK (act IN ('COLLECT', 'PAY_OUT', 'REFUND')),
  owner        text NOT NULL,                -- which settlement handles the answer
  order_id     bigint NOT NULL,
  amount       bigint NOT NULL CHECK (amount > 0),                      -- fen
  facts        jsonb NOT NULL DEFAULT '{}',  -- what the channel must know; no clear card numbers
  state        text NOT NULL DEFAULT 'WAITING'
               CHECK (state IN ('WAITING', 'ASKED', 'SETTLED', 'DECLINED', 'RETURNED', 'CANCELLED')),
  attempts     int NOT NULL DEFAULT 0,
  next_at      timestamptz NOT NULL,         -- the merchant's clock
  lease_until  timestamptz,                  -- real time
  lease_token  uuid,
  channel_no   text,
  last_answer  text,
  reason       text,
  created_at   timestamptz NOT NULL,         -- the merchant's clock
  answered_at  timestamptz,                  -- the merchant's clock
  PRIMARY KEY (merchant_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX channel_request_due ON channel_request (merchant_id, channel, next_at)
  WHERE state IN ('WAITING', 'ASKED');
CREATE INDEX channel_request_order ON channel_request (merchant_id, order_id);

-- What a channel said that does not fit what we asked: people decide. Never money by itself.
CREATE TABLE channel_discrepancy (
  id           bigint NOT NULL,
  merchant_id  int NOT NULL,
  request_id   bigint NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('UNKNOWN_REQUEST', 'WRONG_AMOUNT', 'CONTRADICTION')),
  detail       text NOT NULL,
  channel_no   text NOT NULL DEFAULT '',
  created_at   timestamptz NOT NULL,
  resolved_at  timestamptz,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, request_id, kind, channel_no)
);

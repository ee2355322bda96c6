-- Where notices go: scheme, host and port of one merchant's addresses. What one of them does to us
-- must not slow another.
CREATE TABLE notice_endpoint (
  merchant_id   int NOT NULL,
  id            bigint NOT NULL,
  origin        text NOT NULL,
  next_due      timestamptz NOT NULL,        -- the merchant's clock; never later than what is due
  last_served   timestamptz NOT NULL DEFAULT '-infinity',
  timeouts      int NOT NULL DEFAULT 0,      -- in a row
  closed_until  timestamptz,                 -- real time
  failing_since timestamptz,                 -- real time
  paused        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, origin)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Notices that are still to be sent. A row comes from news under the same id, and goes to
-- notice_done when it is delivered or given up, so that this table stays small.
CREATE TABLE notice (
  merchant_id  int NOT NULL,
  id           bigint NOT NULL,
  event        text NOT NULL,
  subject      bigint NOT NULL,
  endpoint_id  bigint NOT NULL,
  url          text NOT NULL,
  facts        jsonb NOT NULL,
  happened_at  timestamptz NOT NULL,          -- the merchant's clock
  state        char(1) NOT NULL DEFAULT 'P' CHECK (state IN ('P', 'L')),  -- pending, leased
  attempts     int NOT NULL DEFAULT 0,
  last_attempt int NOT NULL,                  -- given up after this many
  delivered    boolean NOT NULL DEFAULT false, -- was delivered before; somebody asked to resend it
  next_at      timestamptz NOT NULL,          -- the merchant's clock
  lease_until  timestamptz,                   -- real time
  lease_token  uuid,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- Not two partial ones: of a table that fills in a moment the planner knows how many rows it has now,
-- and of a partial index only how many it had when it was last looked at.
CREATE INDEX notice_in_turn ON notice (merchant_id, endpoint_id, state, next_at);
CREATE INDEX notice_of_subject ON notice (merchant_id, subject, happened_at, id);

-- What is done, in a partition for each day on which it happened. Ids grow with the real time, so a
-- notice's id says its day, wherever its merchant's clock stands.
CREATE TABLE notice_done (
  merchant_id  int NOT NULL,
  id           bigint NOT NULL,
  event        text NOT NULL,
  subject      bigint NOT NULL,
  endpoint_id  bigint NOT NULL,
  url          text NOT NULL,
  facts        jsonb NOT NULL,
  happened_at  timestamptz NOT NULL,
  outcome      text NOT NULL CHECK (outcome IN ('DELIVERED', 'EXHAUSTED')),
  attempts     int NOT NULL,
  finished_at  timestamptz NOT NULL,          -- the merchant's clock
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, id)
) PARTITION BY RANGE (id);
CREATE TABLE notice_done_any PARTITION OF notice_done DEFAULT;
CREATE INDEX notice_done_of_subject ON notice_done (merchant_id, subject);
CREATE INDEX notice_dead ON notice_done (merchant_id, finished_at) WHERE outcome = 'EXHAUSTED';

-- Every attempt, kept for 90 days.
CREATE TABLE notice_attempt (
  merchant_id  int NOT NULL,
  notice_id    bigint NOT NULL,
  attempt      int NOT NULL,
  scheduled    boolean NOT NULL,              -- false: somebody asked for it
  began_at     timestamptz NOT NULL,          -- the merchant's clock
  ended_at     timestamptz NOT NULL,          -- the merchant's clock
  address      text,                          -- the one that was dialled
  status       int,
  millis       int NOT NULL,
  sent         bytea,                         -- the body, where settings keep it
  answer       text NOT NULL,                 -- the first 200 characters, numbers masked
  error        text,                          -- absent: delivered
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, notice_id, attempt)
);
CREATE INDEX notice_attempt_by_age ON notice_attempt (created_at);

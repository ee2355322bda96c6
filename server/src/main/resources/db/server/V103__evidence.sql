-- The keys that messages were proved with, for as long as their evidence may be asked for: a key
-- that a merchant gives up must still prove what it signed.
CREATE TABLE evidence_key (
  merchant_id int         NOT NULL,
  known_by    bytea       NOT NULL,  -- a keyed digest: by it the key is found again
  id          bigint      NOT NULL,
  sealed      bytea       NOT NULL,
  first_used  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, known_by),
  UNIQUE (merchant_id, id)
);
SELECT make_append_only('evidence_key');

-- What callers signed, byte for byte, with their signatures, sealed: a row for each message that was
-- let in and may have had an effect. Cut by months of the database's clock.
CREATE TABLE evidence (
  merchant_id int         NOT NULL,
  digest      bytea       NOT NULL,  -- SHA-256 of the signed bytes
  id          bigint      NOT NULL,
  operation   text        NOT NULL,  -- where it was sent to
  came_at     timestamptz NOT NULL,  -- the merchant's clock; the time of what came of it
  received_at timestamptz NOT NULL DEFAULT now(),
  key_id      bigint      NOT NULL,
  sealed      bytea       STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (merchant_id, digest, id, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX evidence_by_time ON evidence USING brin (came_at);
CREATE TABLE evidence_any PARTITION OF evidence DEFAULT;
SELECT make_append_only(name::regclass) FROM unnest(ARRAY['evidence', 'evidence_any']) AS name;

-- As with the journal: nobody chooses when it was received, nor where it goes.
REVOKE INSERT ON evidence, evidence_any FROM tongbao_app;
GRANT INSERT (merchant_id, digest, id, operation, came_at, key_id, sealed) ON evidence TO tongbao_app;

INSERT INTO sliced (name, width, ahead, at_least, appended) VALUES ('evidence', 'month', 2, '180 days', true);
SELECT open_slices('evidence');

-- One row for each message that may have had an effect. A message that comes again while the row is
-- there is answered with the first answer. Lives for as long as the face says: at least twice the time
-- window and five minutes.
CREATE TABLE replay_guard (
  face        text        NOT NULL,
  merchant_id int         NOT NULL,
  digest      bytea       NOT NULL,  -- SHA-256 of the message's canonical string
  operation   text        NOT NULL,  -- where it was first sent to; nowhere else is it taken
  first_seen  timestamptz NOT NULL,  -- the merchant's clock
  lease_until timestamptz NOT NULL,  -- the database's clock; afterwards another may take over
  answer      bytea,                 -- sealed by the vault; null while somebody works on it
  PRIMARY KEY (face, merchant_id, digest)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX replay_guard_by_age ON replay_guard (merchant_id, first_seen);

-- Visits to the password pages: opened by a merchant's signed message, good once and for a quarter
-- of an hour.
CREATE TABLE password_visit (
  merchant_id int         NOT NULL,
  token       bytea       NOT NULL,     -- SHA-256 of what stands in the address
  page        text        NOT NULL,
  member_id   bigint      NOT NULL,
  order_id    bigint,
  jump_url    text,
  back_url    text,
  expires_at  timestamptz NOT NULL,     -- the merchant's clock
  used_at     timestamptz,
  PRIMARY KEY (merchant_id, token)
);
CREATE INDEX password_visit_expiry ON password_visit (merchant_id, expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_visit TO tongbao_app;

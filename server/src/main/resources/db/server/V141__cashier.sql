-- A payer's way to the cashier's page: the digest of the token in its address. Opened by a signed
-- message of the merchant, for a quarter of an hour.
CREATE TABLE cashier_visit (
  merchant_id int         NOT NULL,
  token       bytea       NOT NULL,  -- SHA-256
  order_id    bigint      NOT NULL,
  expires_at  timestamptz NOT NULL,  -- the merchant's clock
  PRIMARY KEY (merchant_id, token)
);
CREATE INDEX cashier_visit_by_age ON cashier_visit (merchant_id, expires_at);

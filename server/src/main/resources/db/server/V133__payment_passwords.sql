-- Payment passwords. Six digits cannot be protected by a digest alone: the digest is over a keyed
-- one whose key is not in the database, and errors are counted.
CREATE TABLE payment_password (
  merchant_id  int         NOT NULL,
  member_id    bigint      NOT NULL,
  kind         text        NOT NULL CHECK (kind IN ('PAY', 'QUICKPAY')),
  salt         bytea       NOT NULL,
  digest       bytea       NOT NULL,
  errors       int         NOT NULL DEFAULT 0 CHECK (errors BETWEEN 0 AND 5),
  locked_until timestamptz,              -- the merchant's clock, as are all
  changed_at   timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, member_id, kind)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON payment_password TO tongbao_app;

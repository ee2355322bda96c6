-- What is on its way to production's gateways, a row from the commit that it tells of until a
-- gateway has taken it or it is worth nothing any more. Stays empty in the sandbox.
CREATE TABLE outgoing (
  merchant_id int         NOT NULL,
  id          bigint      NOT NULL,
  way         text        NOT NULL CHECK (way IN ('SMS', 'MAIL')),
  topic       bytea,                 -- keyed digest of what a code is for: of two only the newer goes
  letter      bytea       NOT NULL,  -- sealed JSON, as the gateway gets it
  next_at     timestamptz NOT NULL,  -- the merchant's clock, as the following
  drop_at     timestamptz NOT NULL,
  tries       smallint    NOT NULL DEFAULT 0,
  PRIMARY KEY (merchant_id, id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX outgoing_by_topic ON outgoing (merchant_id, topic) WHERE topic IS NOT NULL;

-- The sandbox's mailbox: stays empty in production, where mails go out.
CREATE TABLE mail_message (
  merchant_id   int         NOT NULL,
  id            bigint      NOT NULL,
  address_index bytea       NOT NULL,
  address       bytea       NOT NULL,  -- sealed
  title         text        NOT NULL,
  words         text        NOT NULL,
  sent_at       timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id)
);
CREATE INDEX mail_message_by_address ON mail_message (address_index, id DESC);

-- Whom a merchant wants told of what it must look at.
CREATE TABLE contact (
  merchant_id int   NOT NULL,
  id          bigint NOT NULL,
  kind        text  NOT NULL CHECK (kind IN ('PHONE', 'MAIL')),
  address     bytea NOT NULL,  -- sealed
  PRIMARY KEY (merchant_id, id)
);

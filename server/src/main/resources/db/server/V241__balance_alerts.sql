-- The dealer's own threshold for a balance, per broker and channel (payout specification, chapter 2 §3).
CREATE TABLE payout_threshold (
  merchant_id int     NOT NULL,
  broker_id   bigint  NOT NULL,
  channel     text    NOT NULL,  -- payment.PayoutChannel
  fen         bigint  NOT NULL CHECK (fen > 0),
  below       boolean NOT NULL DEFAULT false,  -- the balance was below it when it was last looked at
  PRIMARY KEY (merchant_id, broker_id, channel)
);

-- Whom to tell.
CREATE TABLE payout_contact (
  merchant_id int   NOT NULL,
  id          bigint NOT NULL,
  kind        text  NOT NULL CHECK (kind IN ('PHONE', 'MAIL')),
  address     bytea NOT NULL,  -- sealed
  PRIMARY KEY (merchant_id, id)
);

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

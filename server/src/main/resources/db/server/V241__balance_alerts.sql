-- The dealer's own threshold for a balance, per broker and channel (payout specification, chapter 2 §3).
CREATE TABLE payout_threshold (
  merchant_id int     NOT NULL,
  broker_id   bigint  NOT NULL,
  channel     text    NOT NULL,  -- payment.PayoutChannel
  fen         bigint  NOT NULL CHECK (fen > 0),
  below       boolean NOT NULL DEFAULT false,  -- the balance was below it when it was last looked at
  PRIMARY KEY (merchant_id, broker_id, channel)
);

-- A card's owner was sent a code (payout specification §2.3, 1.1). One row for each dealer and claim: who,
-- which card and which phone are known here by a keyed index alone.
CREATE TABLE payout_captcha (
  merchant_id int         NOT NULL,
  claim_index bytea       NOT NULL,  -- keyed, over name, identity number, card and phone
  id          bigint      NOT NULL,  -- another for each code
  ref         text        NOT NULL,  -- what the dealer knows it by
  code_digest bytea       NOT NULL,
  tries       smallint    NOT NULL DEFAULT 0,
  sent_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz,
  PRIMARY KEY (merchant_id, claim_index),
  CONSTRAINT payout_captcha_tries CHECK (tries BETWEEN 0 AND 5)
) WITH (fillfactor = 80);

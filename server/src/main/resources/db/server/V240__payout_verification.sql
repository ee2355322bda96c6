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
CREATE INDEX payout_captcha_by_age ON payout_captcha (merchant_id, expires_at);

-- Both sides of identity cards (§2.4), the newest upload for each person. Painted anew, then sealed.
CREATE TABLE payout_identity_image (
  merchant_id int         NOT NULL,
  person      bytea       NOT NULL,  -- keyed index of broker, identity number and name
  id          bigint      NOT NULL,  -- another for each upload
  broker_id   bigint      NOT NULL,
  real_name   bytea       NOT NULL,  -- sealed, as the following
  id_card     bytea       NOT NULL,
  front       bytea       NOT NULL,
  back        bytea       NOT NULL,
  uploaded_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, person)
);
ALTER TABLE payout_identity_image ALTER COLUMN front SET STORAGE EXTERNAL;
ALTER TABLE payout_identity_image ALTER COLUMN back SET STORAGE EXTERNAL;

-- The bank account of a disbursement.
ALTER TABLE disbursement
  ADD union_bank text,
  ADD CHECK (num_nulls(card_id, card_amount, speed, hold) IN (0, 4));

-- A refund that waits for a channel sets aside what the receiver and what the fee account bear.
ALTER TABLE refund ADD fee_hold bigint;

-- What a refund gives back of each part of the original's payment.
CREATE TABLE refund_share (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  seq         int    NOT NULL,
  part        int    NOT NULL,  -- order_part.seq of the original
  way         text   NOT NULL,  -- order.Way
  account     bigint NOT NULL,  -- who gets it: the payer, the platform's coupons, the channel
  amount      bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (merchant_id, order_id, seq)
);

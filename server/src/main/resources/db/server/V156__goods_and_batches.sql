-- Bids for loans (P2P 标的), as merchants enter them. Other goods need no entry.
CREATE TABLE bid (
  merchant_id        int         NOT NULL,
  id                 bigint      NOT NULL,
  number             text        NOT NULL,  -- the merchant's own number
  goods_no           text        NOT NULL,  -- ours
  member_id          bigint      NOT NULL,  -- the borrower
  name               text        NOT NULL,
  detail             text,
  show_url           text,
  amount             bigint      NOT NULL CHECK (amount > 0),
  total_amount       bigint      NOT NULL CHECK (total_amount > 0),   -- principal and interest
  highest_amount     bigint      CHECK (highest_amount > 0),
  minimum_investment bigint      CHECK (minimum_investment > 0),
  annual_yield       numeric     NOT NULL,
  horizon            int         NOT NULL CHECK (horizon > 0),
  horizon_scale      smallint    NOT NULL,  -- 1 days, 2 months
  begin_date         date,
  end_date           date,
  repay_type         smallint    NOT NULL,
  guarantee_type     smallint    NOT NULL,
  repay_periods      int         CHECK (repay_periods > 0),
  invested           bigint      NOT NULL DEFAULT 0 CHECK (invested >= 0),  -- open, paid, not given back
  entered_at         timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number),
  UNIQUE (goods_no),
  CHECK (invested <= coalesce(highest_amount, amount)),
  CHECK (begin_date <= end_date)
) WITH (fillfactor = 80);

-- Disbursements that came together. The list is stored whole before the answer.
CREATE TABLE disbursement_batch (
  merchant_id int         NOT NULL,
  number      text        NOT NULL,  -- the merchant's own number
  items       int         NOT NULL,
  amount      bigint      NOT NULL,  -- of all items together
  received_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, number)
);
CREATE TABLE disbursement_item (
  merchant_id int     NOT NULL,
  order_id    bigint  NOT NULL,
  batch       text    NOT NULL,
  seq         int     NOT NULL,
  done        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (merchant_id, order_id),
  UNIQUE (merchant_id, batch, seq)
) WITH (fillfactor = 80);
CREATE INDEX disbursement_item_open ON disbursement_item (merchant_id, order_id) WHERE NOT done;

-- Refunds of a bid that failed: all of a list, or none.
CREATE TABLE bid_refund (
  merchant_id int         NOT NULL,
  number      text        NOT NULL,  -- the merchant's own number
  goods_no    text        NOT NULL,  -- the merchant's own number of the bid
  items       int         NOT NULL,
  amount      bigint      NOT NULL,
  refunded_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, number)
);

-- Whether a channel must give the share back; else a balance has it at once.
ALTER TABLE refund_share ADD by_channel boolean NOT NULL DEFAULT false;

-- Orders of the escrow face. One table for what all kinds share; a table per kind for the rest.
CREATE TABLE orders (
  merchant_id   int         NOT NULL,
  id            bigint      NOT NULL,
  kind          text        NOT NULL,  -- order.Kind
  number        text        NOT NULL,  -- the merchant's own number
  order_no      text        NOT NULL,  -- ours; begins with random digits
  state         text        NOT NULL,  -- order.State
  member_id     bigint      NOT NULL,  -- the payer; of a disbursement the payee
  account       bigint      NOT NULL,  -- what is credited: deposit, purchase, collection, disbursement, refund; debited: withdrawal
  amount        bigint      NOT NULL CHECK (amount > 0),
  fee           bigint      NOT NULL CHECK (fee >= 0 AND fee <= amount),
  confirmation  text        NOT NULL,  -- order.Confirmation
  refunded      bigint      NOT NULL DEFAULT 0,  -- done and in progress
  fee_refunded  bigint      NOT NULL DEFAULT 0,
  back_url      text,
  front_url     text,
  summary       text,
  extend_info   text,
  industry_code text,
  industry_name text,
  source        smallint,
  goods_name    text,
  goods_desc    text,
  batch_no      text,
  fingerprint   bytea       NOT NULL,  -- of the merchant's request
  failure       text,                  -- why it failed, in Chinese
  version       int         NOT NULL DEFAULT 0,  -- grows whenever a decision about the order is committed
  created_at    timestamptz NOT NULL,  -- this and the following: the merchant's clock
  expires_at    timestamptz NOT NULL,
  finished_at   timestamptz,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number),
  UNIQUE (order_no),
  CHECK (refunded >= 0 AND refunded <= amount),
  CHECK (fee_refunded >= 0 AND fee_refunded <= fee)
) WITH (fillfactor = 80);
CREATE INDEX orders_to_expire ON orders (merchant_id, expires_at) WHERE state = 'UNPAID';
CREATE INDEX orders_finished ON orders (merchant_id, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX orders_by_member ON orders (merchant_id, member_id, created_at);

-- The path of each order through its life.
CREATE TABLE order_event (
  merchant_id int         NOT NULL,
  order_id    bigint      NOT NULL,
  seq         int         NOT NULL,
  from_state  text,
  to_state    text        NOT NULL,
  cause       text        NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, order_id, seq)
);

-- What an order is paid with. An inner part debits an account of ours, an outer one a channel.
CREATE TABLE order_part (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  seq         int    NOT NULL,
  way         text   NOT NULL,  -- order.Way
  account     bigint NOT NULL,  -- the account debited: the payer's, a platform's, or the channel's clearing account
  amount      bigint NOT NULL CHECK (amount > 0),
  card_id     bigint,
  detail      jsonb,            -- what the way needs besides: bank code, pay type, payer's id at the wallet
  hold        bigint,           -- the ledger hold of an inner part while the channel decides
  request     bigint,           -- the channel request of an outer part, once there is one
  refunded    bigint NOT NULL DEFAULT 0 CHECK (refunded >= 0),
  PRIMARY KEY (merchant_id, order_id, seq),
  CHECK (refunded <= amount)
);

-- Split tree of a purchase or disbursement, in the order of a walk from the root.
CREATE TABLE order_split (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  node        int    NOT NULL,
  parent      int    NOT NULL,  -- 0: given by the order's own receiver
  member_id   bigint NOT NULL,  -- 0: the platform
  account     bigint NOT NULL,
  amount      bigint NOT NULL CHECK (amount > 0),
  fee         bigint NOT NULL CHECK (fee >= 0 AND fee <= amount),
  remark      text,
  PRIMARY KEY (merchant_id, order_id, node)
);

-- Collected money waits in the intermediate account until it is disbursed or refunded.
CREATE TABLE collection (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  trade_code  text   NOT NULL,
  goods_type  int    NOT NULL,
  goods_no    text   NOT NULL,  -- '' without goods
  remaining   bigint NOT NULL CHECK (remaining >= 0),  -- 0 until paid, then amount - fee - disbursed - refunded
  PRIMARY KEY (merchant_id, order_id)
);
CREATE INDEX collection_open ON collection (merchant_id, trade_code, goods_type, goods_no, order_id)
  WHERE remaining > 0;

CREATE TABLE disbursement (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  trade_code  text   NOT NULL,
  goods_type  int    NOT NULL,
  goods_no    text   NOT NULL,
  card_id     bigint,           -- null: to the balance; 0: to the company's own account
  card_amount bigint,
  speed       text,             -- T0, T1
  hold        bigint,
  PRIMARY KEY (merchant_id, order_id)
);

-- Which collections a disbursement drew on.
CREATE TABLE disbursement_source (
  merchant_id   int    NOT NULL,
  order_id      bigint NOT NULL,
  collection_id bigint NOT NULL,
  amount        bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (merchant_id, order_id, collection_id)
);
CREATE INDEX disbursement_source_by_collection ON disbursement_source (merchant_id, collection_id);

CREATE TABLE withdrawal (
  merchant_id int    NOT NULL,
  order_id    bigint NOT NULL,
  card_id     bigint NOT NULL,  -- 0: the company's own account
  union_bank  text,             -- the bank's payment number
  speed       text   NOT NULL,  -- T0, T1
  hold        bigint,
  request     bigint,           -- the channel request, once there is one
  PRIMARY KEY (merchant_id, order_id)
);

CREATE TABLE refund (
  merchant_id   int    NOT NULL,
  order_id      bigint NOT NULL,
  original_id   bigint NOT NULL,
  coupon_amount bigint NOT NULL,
  fee_amount    bigint NOT NULL,
  whereabouts   smallint NOT NULL,  -- 1 to the balance, 2 to the bank card
  hold          bigint,
  PRIMARY KEY (merchant_id, order_id)
);
CREATE INDEX refund_by_original ON refund (merchant_id, original_id);

-- A merchant's own freeze of a member's money.
CREATE TABLE member_freeze (
  merchant_id int         NOT NULL,
  number      text        NOT NULL,
  member_id   bigint      NOT NULL,
  account     bigint      NOT NULL,
  amount      bigint      NOT NULL CHECK (amount > 0),
  unfrozen    bigint      NOT NULL DEFAULT 0 CHECK (unfrozen >= 0),
  hold        bigint      NOT NULL,
  fingerprint bytea       NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, number),
  CHECK (unfrozen <= amount)
);

-- Money that the platform gives to a member.
CREATE TABLE transfer (
  merchant_id int         NOT NULL,
  id          bigint      NOT NULL,
  number      text        NOT NULL,
  transfer_no text        NOT NULL,
  source      bigint      NOT NULL,
  target      bigint      NOT NULL,
  member_id   bigint      NOT NULL,
  amount      bigint      NOT NULL CHECK (amount > 0),
  remark      text,
  fingerprint bytea       NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number),
  UNIQUE (merchant_id, transfer_no)
);

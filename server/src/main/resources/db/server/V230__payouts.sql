-- Payouts of dealers (the payout face). A dealer is a merchant; its money lies per broker and channel.
CREATE TABLE payout_broker (
  merchant_id      int         NOT NULL,
  id               bigint      NOT NULL,  -- also the owner of the four accounts
  code             text        NOT NULL,  -- broker_id on the wire
  rate             int         NOT NULL CHECK (rate BETWEEN 0 AND 1000000),         -- fee, millionths of the amount
  rebate_rate      int         NOT NULL CHECK (rebate_rate BETWEEN 0 AND 1000000),  -- millionths of the fee
  bankcard         boolean     NOT NULL,
  alipay           boolean     NOT NULL,
  wxpay            boolean     NOT NULL,
  packets          text        NOT NULL CHECK (packets IN ('TPT', 'PGT')),
  broker_share     int         NOT NULL CHECK (broker_share BETWEEN 0 AND 1000000), -- PGT: millionths in the broker's packet
  month_average    bigint      CHECK (month_average > 0),  -- fen per person and month; null: no limit
  month_highest    bigint      CHECK (month_highest > 0),  -- fen of one person in a month; null: no limit
  bankcard_account bigint      NOT NULL,
  alipay_account   bigint      NOT NULL,
  wxpay_account    bigint      NOT NULL,
  rebate_account   bigint      NOT NULL,
  created_at       timestamptz NOT NULL,  -- the merchant's clock
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, code)
);

-- The numbers that a dealer has used: one space for payouts of all channels and for reports.
CREATE TABLE payout_number (
  merchant_id int  NOT NULL,
  number      text NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('PAYOUT', 'REPORT')),
  PRIMARY KEY (merchant_id, number)
);

CREATE TABLE payout (
  merchant_id  int         NOT NULL,
  id           bigint      NOT NULL,
  number       text        NOT NULL,  -- order_id
  ref          text        NOT NULL,  -- ours
  channel      text        NOT NULL,  -- payment.PayoutChannel
  broker_id    bigint      NOT NULL,
  pay          bigint      NOT NULL CHECK (pay >= 0),
  fee          bigint      NOT NULL CHECK (fee >= 0),
  status       smallint    NOT NULL,  -- payment.PayoutStatus, its code
  detail       smallint    NOT NULL,  -- payment.PayoutDetail, its code
  cause        text,                  -- payment.HoldCause of status 4
  hold_until   timestamptz,           -- status 4: when the cause ends by itself
  staged       boolean     NOT NULL DEFAULT false,  -- held by an amount with a meaning (sandbox)
  held         int         NOT NULL DEFAULT 0,      -- how often
  tax_waived   boolean     NOT NULL DEFAULT false,  -- an operator let it go in spite of the month's limits
  due_at       timestamptz NOT NULL,  -- status 0 and 8: when it is looked at next
  payee        bytea       NOT NULL,  -- sealed: name, account, identity number, phone
  payee_index  bytea       NOT NULL,  -- blind index of the account at the channel
  person_index bytea       NOT NULL,  -- blind index of the identity number, or of the account without one
  name_mask    text        NOT NULL,
  account_mask text        NOT NULL,
  account_tail text,                  -- what follows the account's last "_": the sandbox's wishes
  anchor_id    text,
  notes        text,
  pay_remark   text,
  notify_url   text,
  fingerprint  bytea       NOT NULL,  -- keyed, of all that the dealer said
  day          date,                  -- the day whose limit the amount takes room of
  queued       boolean     NOT NULL,  -- accepted beyond its day's limit, for the next day
  month        date,                  -- the month whose limits the amount counts in
  version      int         NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,  -- this and the following: the merchant's clock
  finished_at  timestamptz,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number),
  UNIQUE (ref),
  CHECK ((status = 4) = (cause IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX payout_due ON payout (merchant_id, due_at) WHERE status IN (0, 8);
CREATE INDEX payout_held ON payout (merchant_id, cause, channel, broker_id, id) WHERE status = 4;
CREATE INDEX payout_held_until ON payout (merchant_id, hold_until) WHERE status = 4;
CREATE INDEX payout_created ON payout (merchant_id, created_at, id);

-- The path of each payout through its life.
CREATE TABLE payout_event (
  merchant_id int         NOT NULL,
  payout_id   bigint      NOT NULL,
  seq         int         NOT NULL,
  from_status smallint,
  to_status   smallint    NOT NULL,
  detail      smallint    NOT NULL,
  cause       text        NOT NULL,
  told        boolean     NOT NULL,  -- a notice went out with it
  at          timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, payout_id, seq)
);

-- What is asked of the channel for a payout: one part, or two red packets (PGT).
CREATE TABLE payout_part (
  merchant_id int      NOT NULL,
  payout_id   bigint   NOT NULL,
  side        text     NOT NULL CHECK (side IN ('SYSTEM', 'BROKER')),
  amount      bigint   NOT NULL CHECK (amount > 0),
  fee         bigint   NOT NULL CHECK (fee >= 0),
  rebate      bigint   NOT NULL CHECK (rebate >= 0 AND rebate <= fee),
  hold        bigint   NOT NULL,
  request     bigint   NOT NULL,
  state       text     NOT NULL CHECK (state IN ('ASKED', 'SENT', 'TAKEN', 'FAILED', 'RETURNED')),
  detail      smallint NOT NULL DEFAULT 0,   -- of a failed one
  channel_no  text,
  look_at     timestamptz,                   -- a red packet that waits: when to ask after it; the merchant's clock
  PRIMARY KEY (merchant_id, payout_id, side),
  UNIQUE (merchant_id, request)
);
CREATE INDEX payout_part_waiting ON payout_part (merchant_id, look_at) WHERE state = 'SENT';

-- What a dealer's payouts take of a day's limit. A day's queue is paid on the next day, and takes room of that.
CREATE TABLE payout_day (
  merchant_id int    NOT NULL,
  channel     text   NOT NULL,
  day         date   NOT NULL,
  taken       bigint NOT NULL CHECK (taken >= 0),
  queued      bigint NOT NULL CHECK (queued >= 0),
  PRIMARY KEY (merchant_id, channel, day)
) WITH (fillfactor = 50);

-- How often one account at a channel is paid on a day.
CREATE TABLE payout_payee_day (
  merchant_id int   NOT NULL,
  payee_index bytea NOT NULL,
  day         date  NOT NULL,
  times       int   NOT NULL CHECK (times >= 0),
  PRIMARY KEY (merchant_id, payee_index, day)
);

-- When one account at a channel was paid last.
CREATE TABLE payout_payee (
  merchant_id int         NOT NULL,
  payee_index bytea       NOT NULL,
  last_at     timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, payee_index)
);

-- What a broker's payouts come to in a month, in all and per person.
CREATE TABLE payout_month (
  merchant_id int    NOT NULL,
  broker_id   bigint NOT NULL,
  month       date   NOT NULL,
  total       bigint NOT NULL CHECK (total >= 0),
  persons     int    NOT NULL CHECK (persons >= 0),
  PRIMARY KEY (merchant_id, broker_id, month)
) WITH (fillfactor = 50);
CREATE TABLE payout_person_month (
  merchant_id  int    NOT NULL,
  broker_id    bigint NOT NULL,
  month        date   NOT NULL,
  person_index bytea  NOT NULL,
  total        bigint NOT NULL CHECK (total >= 0),
  PRIMARY KEY (merchant_id, broker_id, month, person_index)
);

-- Money from outside into the account of a broker and a channel.
CREATE TABLE payout_topup (
  merchant_id int         NOT NULL,
  id          bigint      NOT NULL,
  number      text        NOT NULL,
  broker_id   bigint      NOT NULL,
  channel     text        NOT NULL,
  amount      bigint      NOT NULL CHECK (amount > 0),
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number)
);

-- Payouts that dealers made elsewhere and tell us of. No money of ours moves.
CREATE TABLE payout_report (
  merchant_id  int         NOT NULL,
  id           bigint      NOT NULL,
  number       text        NOT NULL,
  ref          text        NOT NULL,
  channel      text        NOT NULL,
  broker_id    bigint      NOT NULL,
  pay          bigint      NOT NULL CHECK (pay >= 0),
  payee        bytea       NOT NULL,  -- sealed
  anchor_id    text,
  notes        text,
  succeeded    boolean     NOT NULL,
  paid_at      timestamptz NOT NULL,
  fingerprint  bytea       NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number),
  UNIQUE (ref)
);

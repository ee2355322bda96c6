-- Members, companies, their cards and the one-time codes that go to their phones. What tells who
-- somebody is stands here sealed; *_index columns are keyed digests to search by.
CREATE TABLE member (
  merchant_id     int         NOT NULL,
  id              bigint      NOT NULL,
  biz_user_id     text        NOT NULL,  -- the merchant's own number of the member
  user_no         text        NOT NULL,  -- ours; random digits
  type            text        NOT NULL CHECK (type IN ('COMPANY', 'PERSON')),
  state           text        NOT NULL CHECK (state IN ('ACTIVE', 'AUDIT_FAILED', 'AWAITING_AUDIT')),
  locked          boolean     NOT NULL DEFAULT false,
  account         bigint      NOT NULL,
  source          smallint    NOT NULL CHECK (source IN (1, 2)),
  registered_at   timestamptz NOT NULL,
  register_ip     text        NOT NULL,
  phone           bytea,                 -- sealed
  phone_index     bytea,
  phone_bound_at  timestamptz,
  phone_changed_at timestamptz,          -- when another phone took the place of the first
  name            bytea,                 -- sealed
  identity_no     bytea,                 -- sealed
  identity_index  bytea,
  real_named_at   timestamptz,
  company_set     boolean     NOT NULL DEFAULT false,
  password_set    boolean     NOT NULL DEFAULT false,
  pay_failures    int         NOT NULL DEFAULT 0 CHECK (pay_failures >= 0),
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, biz_user_id),
  UNIQUE (user_no),
  CHECK (num_nulls(phone, phone_index, phone_bound_at) IN (0, 3)),
  CHECK (num_nulls(name, identity_no, identity_index, real_named_at) IN (0, 4))
) WITH (fillfactor = 80);

-- When a member was locked and opened again, on the merchant's clock.
CREATE TABLE member_lock (
  merchant_id int         NOT NULL,
  id          bigint      NOT NULL,
  member_id   bigint      NOT NULL,
  locked      boolean     NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, id)
);
CREATE INDEX member_lock_by_member ON member_lock (merchant_id, member_id, at);

-- What a company said of itself, and what the audit desk said to it.
CREATE TABLE company (
  merchant_id  int         NOT NULL,
  member_id    bigint      NOT NULL,
  facts        bytea       NOT NULL,     -- sealed JSON
  audit        text        NOT NULL CHECK (audit IN ('PENDING', 'PASSED', 'FAILED')),
  version      bigint      NOT NULL DEFAULT 1,
  back_url     text,
  submitted_at timestamptz NOT NULL,
  checked_at   timestamptz,
  remark       text,
  fail_reason  text,
  PRIMARY KEY (merchant_id, member_id),
  CHECK ((audit = 'PENDING') = (checked_at IS NULL))
);

CREATE TABLE bank_card (
  merchant_id     int         NOT NULL,
  id              bigint      NOT NULL,
  member_id       bigint      NOT NULL,
  number          bytea       NOT NULL,  -- sealed
  number_index    bytea       NOT NULL,
  holder          bytea       NOT NULL,  -- sealed
  holder_identity bytea       NOT NULL,  -- sealed
  phone           bytea,                 -- sealed; absent where only three elements were checked
  bank_code       text        NOT NULL,
  bank_name       text        NOT NULL,
  type            text        NOT NULL CHECK (type IN ('DEBIT', 'CREDIT')),
  union_bank      text,
  first_method    text        NOT NULL,  -- member.BindMethod
  methods         text[]      NOT NULL CHECK (first_method = ANY (methods)),
  safe            boolean     NOT NULL DEFAULT false CHECK (NOT safe OR type = 'DEBIT'),
  safe_at         timestamptz CHECK (safe = (safe_at IS NOT NULL)),
  approval        text        NOT NULL CHECK (approval IN ('PENDING', 'PASSED', 'FAILED')),
  personal        boolean     NOT NULL,  -- a company's card in a person's name
  bound           boolean     NOT NULL DEFAULT true,
  bound_at        timestamptz NOT NULL,
  unbound_at      timestamptz,
  PRIMARY KEY (merchant_id, id),
  CHECK (bound = (unbound_at IS NULL)),
  CHECK (approval = 'PASSED' OR personal)
);
CREATE UNIQUE INDEX bank_card_bound_once ON bank_card (merchant_id, member_id, number_index) WHERE bound;
CREATE UNIQUE INDEX bank_card_one_safe ON bank_card (merchant_id, member_id) WHERE bound AND safe;
CREATE UNIQUE INDEX bank_card_one_personal ON bank_card (merchant_id, member_id) WHERE bound AND personal;

-- A card whose owner must still say the code that was sent to the bank's phone number.
CREATE TABLE card_application (
  merchant_id     int         NOT NULL,
  id              bigint      NOT NULL,
  member_id       bigint      NOT NULL,
  number          text        NOT NULL,  -- tranceNum: ours, random digits
  applied_at      timestamptz NOT NULL,
  card_no         bytea       NOT NULL,  -- sealed, as the following
  holder          bytea       NOT NULL,
  holder_identity bytea       NOT NULL,
  phone           bytea       NOT NULL,
  bank_code       text        NOT NULL,
  bank_name       text        NOT NULL,
  type            text        NOT NULL CHECK (type IN ('DEBIT', 'CREDIT')),
  union_bank      text,
  method          text        NOT NULL,
  safe            boolean     NOT NULL,
  confirmed_at    timestamptz,
  PRIMARY KEY (merchant_id, id),
  UNIQUE (merchant_id, number)
);

-- The newest code of each member, phone, purpose and subject; an older one is dead.
CREATE TABLE one_time_code (
  merchant_id int         NOT NULL,
  member_id   bigint      NOT NULL,
  phone_index bytea       NOT NULL,
  purpose     text        NOT NULL,  -- member.Purpose
  subject     text        NOT NULL,  -- the order or application it confirms, or empty
  id          bigint      NOT NULL,
  code_digest bytea       NOT NULL,
  tries       smallint    NOT NULL DEFAULT 0,
  sent_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz,
  PRIMARY KEY (merchant_id, member_id, phone_index, purpose, subject),
  CONSTRAINT one_time_code_tries CHECK (tries BETWEEN 0 AND 5)
) WITH (fillfactor = 80);

-- When texts went to a phone: of one merchant, and (merchant_id 0) of all together.
CREATE TABLE text_quota (
  merchant_id int           NOT NULL,
  phone_index bytea         NOT NULL,
  sent        timestamptz[] NOT NULL,
  PRIMARY KEY (merchant_id, phone_index)
);

-- The sandbox's inbox: stays empty in production, where texts go to phones.
CREATE TABLE text_message (
  merchant_id int         NOT NULL,
  id          bigint      NOT NULL,
  phone_index bytea       NOT NULL,
  phone       bytea       NOT NULL,  -- sealed, as the following
  code        bytea,
  purpose     text        NOT NULL,
  subject     text        NOT NULL,
  sent_at     timestamptz NOT NULL,
  expires_at  timestamptz,
  PRIMARY KEY (merchant_id, id)
);
CREATE INDEX text_message_by_phone ON text_message (phone_index, id DESC);

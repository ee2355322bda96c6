-- Who may call: applications of merchants on the five faces, their keys and ours.
CREATE SEQUENCE merchant_number AS int;

CREATE TABLE merchant (
  id              int    PRIMARY KEY,
  face            text   NOT NULL,                 -- merchant.Face, in lower case
  code            text   NOT NULL,                 -- sysid, dealer-id, appId, ua
  name            text   NOT NULL,
  settings        jsonb  NOT NULL DEFAULT '{}',    -- switches and limits, text by name
  sources         text[] NOT NULL DEFAULT '{}',    -- networks that may call; none means any
  hosts           text[] NOT NULL DEFAULT '{}',    -- hosts that notices may go to; none means any public one
  clock_offset_ms bigint NOT NULL DEFAULT 0 CHECK (clock_offset_ms >= 0),
  state           text   NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  version         bigint NOT NULL DEFAULT 1,       -- grows with each change of the row or its keys
  UNIQUE (face, code)
);

-- Merchants' public keys and shared secrets, sealed by the vault.
CREATE TABLE merchant_key (
  merchant_id int   NOT NULL REFERENCES merchant,
  purpose     text  NOT NULL,
  sealed      bytea NOT NULL,
  PRIMARY KEY (merchant_id, purpose)
);

-- The platform's own keys. The public half lies open, as PEM.
CREATE TABLE platform_key (
  id          bigint PRIMARY KEY,                  -- what the sealed half is bound to
  face        text   NOT NULL,
  purpose     text   NOT NULL,
  sealed      bytea  NOT NULL,
  certificate text   NOT NULL,
  UNIQUE (face, purpose)
);

-- The vault's data keys, wrapped by the master key, which is not in the database.
CREATE TABLE data_key (
  name    text     NOT NULL,                       -- a table, or 'index'
  version smallint NOT NULL CHECK (version BETWEEN 1 AND 255),
  wrapped bytea    NOT NULL,
  PRIMARY KEY (name, version)
);

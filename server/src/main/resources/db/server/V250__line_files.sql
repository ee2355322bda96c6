-- The files of merchants' days that are published several times over. The file itself lies sealed in
-- the data folder; its newest generation is the one that is handed out.
CREATE TABLE line_file (
  merchant_id int         NOT NULL,
  kind        text        NOT NULL,
  day         date        NOT NULL,
  generation  int         NOT NULL CHECK (generation > 0),
  name        text        NOT NULL,     -- what the merchant calls it
  path        text        NOT NULL,     -- where it lies in the data folder
  lines       bigint      NOT NULL,
  bytes       bigint      NOT NULL,     -- as it lies there
  totals      text        NOT NULL,     -- per type: count and fen; equal to the journal's
  made_at     timestamptz NOT NULL,     -- the merchant's clock
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant_id, kind, day, generation)
);
CREATE INDEX line_file_name ON line_file (merchant_id, name, generation);

-- The digest of each published line, once per generation in which it was new or changed.
CREATE TABLE line_file_row (
  merchant_id int     NOT NULL,
  kind        text    NOT NULL,
  day         date    NOT NULL,
  row_key     text    NOT NULL,
  generation  int     NOT NULL,
  digest      bytea   NOT NULL,
  open        boolean NOT NULL,         -- whether a later generation may say something else
  PRIMARY KEY (merchant_id, kind, day, row_key, generation)
);

-- The requests of one day.
CREATE INDEX channel_request_created ON channel_request USING brin (created_at) WITH (pages_per_range = 16);

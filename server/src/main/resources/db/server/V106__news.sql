-- What happened that somebody outside must hear of: written in the commit of the thing itself,
-- turned into notice tasks later. Facts are frozen here; signatures are made when a notice is sent.
CREATE TABLE news (
  id          bigint      PRIMARY KEY,
  merchant_id int         NOT NULL,
  event       text        NOT NULL,   -- the notice's form, such as 'escrow.order'
  subject     bigint      NOT NULL,   -- the order or member it is about; notices of one subject keep their order
  url         text        NOT NULL,
  facts       jsonb       NOT NULL,
  happened_at timestamptz NOT NULL,   -- the merchant's clock
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX news_by_merchant ON news (merchant_id, id);

-- Endpoints of which their merchant is to be told that notices have one attempt left: counted in
-- the commit of the attempt before.
CREATE TABLE notice_warning (
  merchant_id int         NOT NULL,
  endpoint_id bigint      NOT NULL,
  untold      int         NOT NULL,  -- how many have come to that since the last mail
  told_at     timestamptz,           -- the merchant's clock
  PRIMARY KEY (merchant_id, endpoint_id)
) WITH (fillfactor = 50);

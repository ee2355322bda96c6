-- What this database is used for, said once by the first start. A sandbox's keys are known to
-- anybody and its money is play money: production must not take it over, nor the other way round.
CREATE TABLE platform (
  single  boolean PRIMARY KEY DEFAULT true CHECK (single),
  profile text    NOT NULL CHECK (profile IN ('SANDBOX', 'PRODUCTION'))
);
REVOKE UPDATE, DELETE ON platform FROM tongbao_app;

-- What administrators did or were refused, and refused sign-ins: rows are added and never changed. hash is made of
-- all other columns of a row and previous_hash is that of the row before, so that changed and missing rows show
-- (docs/audit.md has the form). seq counts from 1 without gaps; rows from before there was a chain have 0 and less.
-- scope is tenant, or gateway for what concerns all. before_value and after_value are what the action changes,
-- without secrets; NULL for nothing. What is asked or begun and has no later row of the same correlation id was
-- broken off.
CREATE TABLE audit_chain (
  seq INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  scope TEXT NOT NULL,
  tenant TEXT NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  before_value TEXT,
  after_value TEXT,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);

INSERT INTO audit_chain
SELECT id - (SELECT max(id) FROM audit_log), created_at,
  CASE WHEN action LIKE 'plugin.%' OR action = 'sign_in' THEN 'gateway' ELSE 'tenant' END,
  tenant, actor, origin, action, target, before_value, after_value, outcome, detail, correlation_id, '', ''
FROM audit_log;

DROP TABLE audit_log;

ALTER TABLE audit_chain RENAME TO audit_log;

-- The last row of the chain: without it nobody could tell that the last rows are gone.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
);

INSERT INTO audit_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What administrators did or were refused: rows are added and never changed. What is begun here and has no
-- later row of the same correlation id was broken off. before_value and after_value are what the action
-- changes, such as digests of jars; NULL for nothing.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  before_value TEXT,
  after_value TEXT,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  correlation_id TEXT NOT NULL
);

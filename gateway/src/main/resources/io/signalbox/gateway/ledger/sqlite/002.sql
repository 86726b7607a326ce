-- Webhooks as they came in, for as long as webhooks.retention says. headers is a JSON object without
-- secrets. problem says why an authentic body could not be read; NULL if it could. An id is never
-- used twice: webhook_work outlives the body that it came with.
CREATE TABLE webhook_bodies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received_at INTEGER NOT NULL,
  provider TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  headers TEXT NOT NULL,
  problem TEXT,
  bytes INTEGER NOT NULL,
  body BLOB NOT NULL
);

-- What the sweep of old bodies looks for, with all that it needs to know.
CREATE INDEX webhook_bodies_received ON webhook_bodies (received_at, bytes);

-- Bodies whose receipts (a JSON array) are not all in webhook_events yet. set_aside says why the
-- ledger refused them; such a row waits for the next start.
CREATE TABLE webhook_work (
  body_id INTEGER PRIMARY KEY,
  received_at INTEGER NOT NULL,
  provider TEXT NOT NULL,
  receipt_count INTEGER NOT NULL,
  set_aside TEXT,
  receipts BLOB NOT NULL
);

CREATE INDEX webhook_work_open ON webhook_work (received_at) WHERE set_aside IS NULL;

CREATE INDEX webhook_work_set_aside ON webhook_work (body_id) WHERE set_aside IS NOT NULL;

-- Callback endpoints. id is NotificationId.key(); event_types are separated by commas. failing_since is
-- NULL after a success; failed_at is the last attempt that failed. removed_at: its deliveries are being deleted, then the row is.
CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,
  random INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  url TEXT NOT NULL,
  description TEXT,
  event_types TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  disabled_reason TEXT,
  disabled_at INTEGER,
  failing_since INTEGER,
  failed_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
);

-- What signs. expires_at is NULL for the newest secret of an endpoint.
CREATE TABLE callback_secrets (
  id INTEGER PRIMARY KEY,
  callback_id INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
);

CREATE INDEX callback_secrets_callback ON callback_secrets (callback_id);

-- Events that some endpoint wanted, for as long as callbacks.retention says; content is the body that
-- is sent, byte for byte. occurred_at is the event's own time.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  tenant TEXT NOT NULL,
  type TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  content BLOB NOT NULL
);

CREATE UNIQUE INDEX events_event ON events (event_id);

CREATE INDEX events_occurred ON events (tenant, occurred_at);

-- One row for each endpoint that wants an event; event_id is events.id. state: 0 pending, 1 delivered,
-- 2 failed. due_at is NULL unless pending. asked: how often it was asked for anew.
CREATE TABLE callback_deliveries (
  callback_id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  asked INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  attempted_at INTEGER,
  took_ms INTEGER,
  http_status INTEGER,
  error TEXT,
  PRIMARY KEY (callback_id, event_id)
) WITHOUT ROWID;

CREATE INDEX callback_deliveries_due ON callback_deliveries (callback_id, due_at)
  WHERE due_at IS NOT NULL;

-- The log's pages of what is pending and of what failed.
CREATE INDEX callback_deliveries_pending ON callback_deliveries (callback_id) WHERE state = 0;

CREATE INDEX callback_deliveries_failed ON callback_deliveries (callback_id) WHERE state = 2;

-- Times are milliseconds since 1970. States, outcomes, channels and lanes are the codes of the enums.

-- id is NotificationId.key(): rows append. retry_count is the number of rounds that are over, since
-- the last replay if there was one: at replayed_at, after replayed_after attempts.
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  random INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  due_at INTEGER,
  updated_at INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  replayed_at INTEGER,
  replayed_after INTEGER NOT NULL DEFAULT 0,
  last_provider TEXT,
  reason TEXT,
  tenant TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  content BLOB NOT NULL
);

CREATE INDEX notifications_due ON notifications (lane, due_at) WHERE due_at IS NOT NULL;

-- What a person must decide about: held (3) and dead letters (8).
CREATE INDEX notifications_dead ON notifications (tenant) WHERE state IN (3, 8);

-- Every attempt. success and outcome are NULL while it is under way.
CREATE TABLE provider_requests (
  notification_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  provider TEXT NOT NULL,
  request_type TEXT NOT NULL,
  channel INTEGER NOT NULL,
  round INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  possible_duplicate INTEGER NOT NULL,
  ranking_id INTEGER,
  rule TEXT NOT NULL,
  excluded TEXT,
  created_at INTEGER NOT NULL,
  deadline_at INTEGER NOT NULL,
  ended_at INTEGER,
  response_time_ms INTEGER,
  success INTEGER,
  outcome INTEGER,
  progress TEXT,
  http_status INTEGER,
  code TEXT,
  error_message TEXT,
  provider_message_id TEXT,
  next_step TEXT,
  receipt_status INTEGER NOT NULL DEFAULT 0,
  service TEXT,
  country TEXT,
  rental_id TEXT,
  PRIMARY KEY (notification_id, attempt)
) WITHOUT ROWID;

CREATE INDEX provider_requests_message ON provider_requests (provider_message_id)
  WHERE provider_message_id IS NOT NULL;

-- What a crash breaks off; as small as what is in flight.
CREATE INDEX provider_requests_under_way ON provider_requests (notification_id)
  WHERE outcome IS NULL;

-- A published ranking, stored when a decision refers to it first.
CREATE TABLE rankings (
  id INTEGER PRIMARY KEY,
  json TEXT NOT NULL
);

-- Receipts. notification_id and attempt are NULL while nobody knows of what a receipt speaks.
CREATE TABLE webhook_events (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  notification_id INTEGER,
  attempt INTEGER,
  provider_message_id TEXT,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  provider_status TEXT NOT NULL,
  provider_code TEXT,
  provider_text TEXT,
  occurred_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX webhook_events_event ON webhook_events (provider, event_id);

CREATE INDEX webhook_events_notification ON webhook_events (notification_id)
  WHERE notification_id IS NOT NULL;

CREATE INDEX webhook_events_unmatched ON webhook_events (provider_message_id)
  WHERE notification_id IS NULL;

-- Steps without an attempt.
CREATE TABLE notification_events (
  id INTEGER PRIMARY KEY,
  notification_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT
);

CREATE INDEX notification_events_notification ON notification_events (notification_id);

CREATE TABLE idempotency_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  content_hash BLOB NOT NULL,
  notification_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) WITHOUT ROWID;

CREATE TABLE circuit_breaker_events (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  reason TEXT NOT NULL,
  generation INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  open_until INTEGER NOT NULL,
  recovery_timeout_ms INTEGER NOT NULL,
  actor TEXT
);

CREATE INDEX circuit_breaker_events_provider ON circuit_breaker_events (provider);

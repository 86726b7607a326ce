-- Operations: what a caller waits for and must not be done twice. An operation's id is of the same family as those of
-- notifications, and provider_requests has its attempts under it. kind is a channel, node who works on it. provider and
-- attempted_at are of the newest attempt, provider_id is the provider's own id of the result. due_at is NULL when there
-- is nothing to do; follow_at says when its kind wants to look after the result. content is JSON, under a seal if there
-- are keys: request, attempts, result; empty where it was erased.
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  random INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  kind INTEGER NOT NULL,
  service TEXT NOT NULL,
  country TEXT,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  node INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  look_ups INTEGER NOT NULL,
  not_found INTEGER NOT NULL,
  provider TEXT,
  provider_id TEXT,
  attempted_at INTEGER,
  due_at INTEGER,
  follow_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ended_at INTEGER,
  patient_until INTEGER,
  problem TEXT,
  problem_detail TEXT,
  retry_after_ms INTEGER,
  idempotency_key TEXT,
  digest TEXT NOT NULL,
  traceparent TEXT NOT NULL,
  circuit_breaker_open_at INTEGER,
  resilience_strategy TEXT,
  content BLOB NOT NULL
);

CREATE UNIQUE INDEX operations_key ON operations (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE INDEX operations_due ON operations (node, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX operations_follow ON operations (node, kind, follow_at) WHERE follow_at IS NOT NULL;

-- What may be making something at a provider: trying (1) and unsettled (2).
CREATE INDEX operations_open ON operations (provider, attempted_at) WHERE state IN (1, 2);

-- Whose the rentals and bookings at providers are: 0 the result of the operation; nobody's but made by its attempt: 1 to
-- be undone, 2 undone, 3 left to a person.
CREATE TABLE operation_claims (
  provider TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  operation_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  state INTEGER NOT NULL,
  claimed_at INTEGER NOT NULL,
  due_at INTEGER,
  tries INTEGER NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (provider, provider_id)
);

CREATE INDEX operation_claims_operation ON operation_claims (operation_id);

CREATE INDEX operation_claims_claimed ON operation_claims (provider, claimed_at);

CREATE INDEX operation_claims_due ON operation_claims (node, due_at) WHERE due_at IS NOT NULL;

-- Attempts that were unknown and are taken for not done: their providers are looked through for what they may have left.
CREATE TABLE operation_watches (
  operation_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  looks INTEGER NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (operation_id, attempt)
);

CREATE INDEX operation_watches_due ON operation_watches (node, due_at);

-- States, outcomes, channels and lanes are the codes of the enums. What is said of a table beside the
-- embedded ledger's migrations holds here too.

-- What gateways that share this ledger remember of it: a number that grows with each change. Whoever
-- changes a topic holds its row until the commit.
CREATE TABLE ledger_revisions (
  topic TEXT PRIMARY KEY,
  revision BIGINT NOT NULL
);

INSERT INTO ledger_revisions (topic, revision) VALUES
  ('CALLBACKS', 1), ('SUPPRESSIONS', 1), ('PREFERENCES', 1);

-- The gateways that share this ledger. Whoever takes a number raises its epoch, and so does whoever takes
-- it away from a dead one; each transaction that writes compares the epoch of its own node, with the row
-- locked. A number that somebody has is left_at NULL. stopped: its process has ended, and its work is to
-- be taken over at once. session is the application_name of its connections.
CREATE TABLE nodes (
  node INTEGER PRIMARY KEY CHECK (node BETWEEN 0 AND 63),
  epoch BIGINT NOT NULL DEFAULT 0,
  name TEXT,
  session TEXT,
  started_at TIMESTAMPTZ,
  left_at TIMESTAMPTZ DEFAULT '-infinity',
  stopped BOOLEAN NOT NULL DEFAULT FALSE
);

INSERT INTO nodes (node) SELECT generate_series(0, 63);

-- Their signs of life, in a table of their own: rows of nodes are locked by who writes. A node that is
-- starting or draining is not working.
CREATE TABLE node_beats (
  node INTEGER PRIMARY KEY,
  beats BIGINT NOT NULL DEFAULT 0,
  seen_at TIMESTAMPTZ,
  working BOOLEAN NOT NULL DEFAULT FALSE
) WITH (fillfactor = 20);

INSERT INTO node_beats (node) SELECT node FROM nodes;

-- What one node at a time does for all: the holder is a node with its epoch, and the job is free as soon as
-- that node is not living any more.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  node INTEGER NOT NULL DEFAULT -1,
  epoch BIGINT NOT NULL DEFAULT 0
);

INSERT INTO leases (name) VALUES ('retention'), ('callbacks'), ('lookups'), ('history'), ('partitions'),
  ('matching'), ('offers');

-- id is NotificationId.key(): milliseconds since 1970 times 4096, and a counter, whose low six bits are
-- the number of the node that made it. So a range of ids is a
-- span of time, and the tables that grow with every notification are partitioned by it: what is too
-- old goes with its partition. What belongs to no partition of its own is in the default one.
CREATE TABLE notifications (
  id BIGINT NOT NULL,
  random BIGINT NOT NULL,
  lane INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  due_at TIMESTAMPTZ,
  updated_at TIMESTAMPTZ NOT NULL,
  accepted_at TIMESTAMPTZ NOT NULL,
  replayed_at TIMESTAMPTZ,
  replayed_after INTEGER NOT NULL DEFAULT 0,
  last_provider TEXT,
  reason TEXT,
  tenant TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  content BYTEA NOT NULL,
  resilience_strategy TEXT,
  circuit_breaker_open_at TIMESTAMPTZ,
  traceparent TEXT,
  PRIMARY KEY (id)
) PARTITION BY RANGE (id);

CREATE TABLE notifications_other PARTITION OF notifications DEFAULT;

CREATE INDEX notifications_due ON notifications (lane, due_at, id) WHERE due_at IS NOT NULL;

-- What a person must decide about: held (3) and dead letters (8).
CREATE INDEX notifications_dead ON notifications (tenant, id) WHERE state IN (3, 8);

-- Those (2, processing) of which nobody knows yet whether they were sent. A few, looked at every second.
CREATE INDEX notifications_unknown ON notifications (due_at) WHERE state = 2 AND due_at IS NOT NULL;

CREATE INDEX notifications_in_no_queue ON notifications (updated_at)
  WHERE due_at IS NULL AND state IN (0, 1, 2);

CREATE TABLE provider_requests (
  notification_id BIGINT NOT NULL,
  attempt INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  provider TEXT NOT NULL,
  request_type TEXT NOT NULL,
  channel INTEGER NOT NULL,
  round INTEGER NOT NULL,
  generation BIGINT NOT NULL,
  possible_duplicate BOOLEAN NOT NULL,
  ranking_id BIGINT,
  rule TEXT NOT NULL,
  excluded TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  deadline_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  response_time_ms BIGINT,
  success BOOLEAN,
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
  confirm_within_ms BIGINT,
  confirmation BOOLEAN NOT NULL DEFAULT FALSE,
  cancel_wished_at TIMESTAMPTZ,
  policy TEXT,
  node INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (notification_id, attempt)
) PARTITION BY RANGE (notification_id);

CREATE TABLE provider_requests_other PARTITION OF provider_requests DEFAULT;

CREATE INDEX provider_requests_message ON provider_requests (provider_message_id)
  WHERE provider_message_id IS NOT NULL;

-- What a crash breaks off; as small as what is in flight.
CREATE INDEX provider_requests_under_way ON provider_requests (notification_id)
  WHERE outcome IS NULL;

CREATE INDEX provider_requests_doubled ON provider_requests (created_at) WHERE possible_duplicate;

-- Attempts are made in the order of time, nearly: a small index serves the monitoring queries.
CREATE INDEX provider_requests_created ON provider_requests USING brin (created_at);

CREATE TABLE rankings (
  id BIGINT PRIMARY KEY,
  json TEXT NOT NULL,
  used_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE removed_totals (
  tenant TEXT NOT NULL,
  channel INTEGER NOT NULL,
  state INTEGER NOT NULL,
  notifications BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  PRIMARY KEY (tenant, channel, state)
);

-- What changes in a past week while it is looked through: as it was before. It stays, and is not
-- counted as removed. Without a state: it was not there before.
CREATE TABLE late_changes (
  id BIGINT PRIMARY KEY,
  tenant TEXT,
  lane INTEGER,
  state INTEGER,
  attempts INTEGER
);

CREATE FUNCTION signalbox_note_late_change() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN
    IF TG_OP = ''INSERT'' THEN
      INSERT INTO late_changes (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    ELSE
      INSERT INTO late_changes VALUES (OLD.id, OLD.tenant, OLD.lane, OLD.state, OLD.attempts)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
  END';

CREATE TABLE webhook_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  notification_id BIGINT,
  attempt INTEGER,
  provider_message_id TEXT,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  provider_status TEXT NOT NULL,
  provider_code TEXT,
  provider_text TEXT,
  occurred_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  looked_up BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE UNIQUE INDEX webhook_events_event ON webhook_events (provider, event_id);

CREATE INDEX webhook_events_notification ON webhook_events (notification_id)
  WHERE notification_id IS NOT NULL;

CREATE INDEX webhook_events_unmatched ON webhook_events (provider_message_id)
  WHERE notification_id IS NULL;

CREATE TABLE notification_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  notification_id BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  event TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (notification_id, id)
) PARTITION BY RANGE (notification_id);

CREATE TABLE notification_events_other PARTITION OF notification_events DEFAULT;

CREATE TABLE idempotency_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  content_hash BYTEA NOT NULL,
  notification_id BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (tenant, key)
);

CREATE TABLE request_keys (
  id BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  turn BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  status INTEGER,
  headers TEXT,
  body BYTEA,
  PRIMARY KEY (tenant, key)
);

CREATE INDEX request_keys_age ON request_keys (created_at);

-- Ids that were given out, while the ledger was away, for notifications that it has under another id.
CREATE TABLE notification_aliases (
  id BIGINT NOT NULL,
  random BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  notification_id BIGINT NOT NULL,
  notification_random BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (id, random)
);

CREATE TABLE circuit_breaker_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,
  generation BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  open_until TIMESTAMPTZ NOT NULL,
  recovery_timeout_ms BIGINT NOT NULL,
  fault BOOLEAN NOT NULL,
  actor TEXT,
  evidence TEXT NOT NULL
);

CREATE INDEX circuit_breaker_events_provider ON circuit_breaker_events (provider, id);

CREATE TABLE webhook_bodies (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at TIMESTAMPTZ NOT NULL,
  provider TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  headers TEXT NOT NULL,
  problem TEXT,
  bytes INTEGER NOT NULL,
  body BYTEA NOT NULL
);

CREATE INDEX webhook_bodies_received ON webhook_bodies (received_at, bytes);

CREATE TABLE webhook_work (
  body_id BIGINT PRIMARY KEY,
  received_at TIMESTAMPTZ NOT NULL,
  provider TEXT NOT NULL,
  receipt_count INTEGER NOT NULL,
  set_aside TEXT,
  receipts BYTEA NOT NULL,
  channels INTEGER NOT NULL DEFAULT 0,
  node INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX webhook_work_set_aside ON webhook_work (body_id) WHERE set_aside IS NOT NULL;

-- What providers have told of bookings by webhook, each statement once; belongs to the body that it came with, and goes
-- with it. due_at is NULL, and content (JSON, under a seal if there are keys) empty, once it has had its effect.
CREATE TABLE booking_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body_id BIGINT NOT NULL,
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  received_at TIMESTAMPTZ NOT NULL,
  node INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  due_at TIMESTAMPTZ,
  content BYTEA NOT NULL
);

CREATE UNIQUE INDEX booking_events_event ON booking_events (provider, event_id);

CREATE INDEX booking_events_due ON booking_events (node, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX booking_events_body ON booking_events (body_id);

CREATE TABLE suppressions (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant TEXT NOT NULL,
  channel INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  provider TEXT,
  notification TEXT,
  note TEXT,
  created_by TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  removed_at TIMESTAMPTZ,
  removed_by TEXT,
  sealed TEXT
);

CREATE UNIQUE INDEX suppressions_recipient ON suppressions (recipient, channel, tenant);

CREATE TABLE callbacks (
  id BIGINT PRIMARY KEY,
  random BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  url TEXT NOT NULL,
  description TEXT,
  event_types TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  disabled_reason TEXT,
  disabled_at TIMESTAMPTZ,
  failing_since TIMESTAMPTZ,
  failed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  removed_at TIMESTAMPTZ,
  format TEXT NOT NULL DEFAULT 'cloudevents',
  signature_method TEXT,
  api_key TEXT
);

CREATE UNIQUE INDEX callbacks_api_key ON callbacks (api_key, format) WHERE api_key IS NOT NULL AND removed_at IS NULL;

CREATE TABLE callback_secrets (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  callback_id BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ
);

CREATE INDEX callback_secrets_callback ON callback_secrets (callback_id);

CREATE TABLE events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id TEXT NOT NULL,
  tenant TEXT NOT NULL,
  type TEXT NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  content BYTEA NOT NULL
);

CREATE UNIQUE INDEX events_event ON events (event_id);

CREATE INDEX events_occurred ON events (tenant, occurred_at);

CREATE TABLE callback_deliveries (
  callback_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  asked INTEGER NOT NULL DEFAULT 0,
  due_at TIMESTAMPTZ,
  attempted_at TIMESTAMPTZ,
  took_ms BIGINT,
  http_status INTEGER,
  error TEXT,
  PRIMARY KEY (callback_id, event_id)
);

CREATE INDEX callback_deliveries_due ON callback_deliveries (callback_id, due_at)
  WHERE due_at IS NOT NULL;

CREATE INDEX callback_deliveries_pending ON callback_deliveries (callback_id, event_id) WHERE state = 0;

CREATE INDEX callback_deliveries_failed ON callback_deliveries (callback_id, event_id) WHERE state = 2;

CREATE TABLE provider_preferences (
  id INTEGER PRIMARY KEY CONSTRAINT "there is one row: its id is 1" CHECK (id = 1),
  preferred_provider TEXT,
  fallback_enabled BOOLEAN,
  retry_attempts INTEGER CONSTRAINT "retry_attempts: a whole number from 0 to 99"
    CHECK (retry_attempts BETWEEN 0 AND 99),
  retry_delay_ms INTEGER CONSTRAINT "retry_delay_ms: a whole number from 1 to 3600000"
    CHECK (retry_delay_ms BETWEEN 1 AND 3600000),
  min_success_rate DOUBLE PRECISION CONSTRAINT "min_success_rate: percent, 0 to 100"
    CHECK (min_success_rate BETWEEN 0 AND 100),
  max_response_time_ms INTEGER CONSTRAINT "max_response_time_ms: a whole number from 1 to 600000"
    CHECK (max_response_time_ms BETWEEN 1 AND 600000),
  policy TEXT CONSTRAINT "policy: weighted, adjusted or cheapest"
    CHECK (policy IN ('weighted', 'adjusted', 'cheapest')),
  strategy TEXT CONSTRAINT "strategy: best or weighted" CHECK (strategy IN ('best', 'weighted')),
  health_weight DOUBLE PRECISION,
  priority_weight DOUBLE PRECISION,
  response_weight DOUBLE PRECISION,
  load_weight DOUBLE PRECISION,
  health_success_share DOUBLE PRECISION CONSTRAINT "health_success_share: percent, 0 to 100"
    CHECK (health_success_share BETWEEN 0 AND 100),
  updated_at TIMESTAMPTZ,
  updated_by TEXT,
  CONSTRAINT "the four weights: all or none, each at least 0, together 100" CHECK (
    num_nulls(health_weight, priority_weight, response_weight, load_weight) = 4
    OR (num_nulls(health_weight, priority_weight, response_weight, load_weight) = 0
      AND least(health_weight, priority_weight, response_weight, load_weight) >= 0
      AND abs(health_weight + priority_weight + response_weight + load_weight - 100) < 0.000001))
);

INSERT INTO provider_preferences (id) VALUES (1);

CREATE TABLE channel_preferences (
  channel TEXT PRIMARY KEY CONSTRAINT "channel: email, sms, whatsapp, telegram, number or booking"
    CHECK (channel IN ('email', 'sms', 'whatsapp', 'telegram', 'number', 'booking')),
  preferred_provider TEXT,
  fallback_enabled BOOLEAN,
  retry_attempts INTEGER CONSTRAINT "retry_attempts: a whole number from 0 to 99"
    CHECK (retry_attempts BETWEEN 0 AND 99),
  retry_delay_ms INTEGER CONSTRAINT "retry_delay_ms: a whole number from 1 to 3600000"
    CHECK (retry_delay_ms BETWEEN 1 AND 3600000),
  min_success_rate DOUBLE PRECISION CONSTRAINT "min_success_rate: percent, 0 to 100"
    CHECK (min_success_rate BETWEEN 0 AND 100),
  max_response_time_ms INTEGER CONSTRAINT "max_response_time_ms: a whole number from 1 to 600000"
    CHECK (max_response_time_ms BETWEEN 1 AND 600000),
  policy TEXT CONSTRAINT "policy: weighted, adjusted or cheapest"
    CHECK (policy IN ('weighted', 'adjusted', 'cheapest')),
  strategy TEXT CONSTRAINT "strategy: best or weighted" CHECK (strategy IN ('best', 'weighted')),
  health_weight DOUBLE PRECISION,
  priority_weight DOUBLE PRECISION,
  response_weight DOUBLE PRECISION,
  load_weight DOUBLE PRECISION,
  health_success_share DOUBLE PRECISION CONSTRAINT "health_success_share: percent, 0 to 100"
    CHECK (health_success_share BETWEEN 0 AND 100),
  updated_at TIMESTAMPTZ,
  updated_by TEXT,
  CONSTRAINT "the four weights: all or none, each at least 0, together 100" CHECK (
    num_nulls(health_weight, priority_weight, response_weight, load_weight) = 4
    OR (num_nulls(health_weight, priority_weight, response_weight, load_weight) = 0
      AND least(health_weight, priority_weight, response_weight, load_weight) >= 0
      AND abs(health_weight + priority_weight + response_weight + load_weight - 100) < 0.000001))
);

-- Rings for every gateway, whoever changes preferences, and by which way.
CREATE FUNCTION signalbox_ring() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_notify(TG_ARGV[0], current_schema()); RETURN NULL; END';

CREATE TRIGGER provider_preferences_ring AFTER INSERT OR UPDATE OR DELETE ON provider_preferences
  FOR EACH STATEMENT EXECUTE FUNCTION signalbox_ring('signalbox_preferences');

CREATE TRIGGER channel_preferences_ring AFTER INSERT OR UPDATE OR DELETE ON channel_preferences
  FOR EACH STATEMENT EXECUTE FUNCTION signalbox_ring('signalbox_preferences');

CREATE TABLE provider_controls (
  provider TEXT PRIMARY KEY,
  drained BOOLEAN NOT NULL,
  actor TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE provider_health (
  provider TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  success_rate DOUBLE PRECISION NOT NULL,
  avg_response_time_ms DOUBLE PRECISION NOT NULL,
  total_requests BIGINT NOT NULL,
  successful_requests BIGINT NOT NULL,
  failed_requests BIGINT NOT NULL,
  last_success_at TIMESTAMPTZ,
  last_failure_at TIMESTAMPTZ,
  last_checked_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE drills (
  id BIGINT PRIMARY KEY,
  random BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  mode TEXT,
  parameters TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  started_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  report TEXT,
  actor TEXT NOT NULL
);

CREATE INDEX drills_running ON drills (state) WHERE state = 'running';

CREATE TABLE failure_metrics (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider TEXT NOT NULL,
  window_start TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  total_requests INTEGER NOT NULL,
  successful_requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  failure_rate DOUBLE PRECISION NOT NULL,
  severity TEXT NOT NULL,
  timeouts INTEGER NOT NULL,
  connection_failures INTEGER NOT NULL,
  server_errors INTEGER NOT NULL,
  provider_faults INTEGER NOT NULL,
  other_failures INTEGER NOT NULL,
  throttled INTEGER NOT NULL,
  rejected INTEGER NOT NULL
);

CREATE TABLE degradation_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  from_mode TEXT NOT NULL,
  to_mode TEXT NOT NULL,
  reasons TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE audit_log (
  seq BIGINT PRIMARY KEY,
  created_at TIMESTAMPTZ NOT NULL,
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

-- Whatever narrows a page of the audit log finds its lines by an index, newest first.
CREATE INDEX audit_log_actor ON audit_log (actor, seq);
CREATE INDEX audit_log_target ON audit_log (target, seq);
CREATE INDEX audit_log_action ON audit_log (action, seq);
CREATE INDEX audit_log_tenant ON audit_log (tenant, seq);
CREATE INDEX audit_log_created_at ON audit_log (created_at, seq);

-- The last row of the chain. Who writes rows locks this one last of all and holds it until the commit, so that all
-- nodes make one chain and none waits for another while it holds it.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);

INSERT INTO audit_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  hash TEXT NOT NULL,
  previous_hash TEXT,
  previous_until TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  created_by TEXT NOT NULL,
  rotated_at TIMESTAMPTZ,
  expires_at TIMESTAMPTZ,
  last_used_at TIMESTAMPTZ,
  scopes TEXT NOT NULL DEFAULT '',
  per_day BIGINT NOT NULL DEFAULT 0,
  per_month BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX api_keys_tenant ON api_keys (tenant);

-- The key of the keyed hashes that stand for recipients; sealed if there are keys. One row at most.
CREATE TABLE recipient_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
);

-- The keys that values may be sealed with, '' for none: proof is a known text under the key, by which it is
-- known again, and uses grows for as long as a gateway seals with it.
CREATE TABLE seal_keys (
  key_id TEXT PRIMARY KEY,
  proof TEXT NOT NULL,
  uses BIGINT NOT NULL
);

INSERT INTO seal_keys VALUES ('', '', 0);

-- Orders to forget a recipient: the hash stays, and the address (sealed if there are keys) only until the order
-- is done. phase and place say how far it has come; due_at is NULL when it is done. What was accepted until
-- asked_until is to go; covers_until is the same of the pass that is under way.
CREATE TABLE erasures (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant TEXT NOT NULL,
  recipient_hash TEXT NOT NULL,
  address TEXT,
  phase INTEGER NOT NULL DEFAULT 0,
  place BIGINT NOT NULL DEFAULT 0,
  due_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  asked_until TIMESTAMPTZ NOT NULL,
  covers_until TIMESTAMPTZ NOT NULL,
  created_by TEXT NOT NULL,
  origin TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  ended_at TIMESTAMPTZ,
  notifications BIGINT NOT NULL DEFAULT 0,
  cancelled BIGINT NOT NULL DEFAULT 0,
  waiting BIGINT NOT NULL DEFAULT 0,
  unreadable BIGINT NOT NULL DEFAULT 0,
  events BIGINT NOT NULL DEFAULT 0,
  webhooks BIGINT NOT NULL DEFAULT 0,
  answers BIGINT NOT NULL DEFAULT 0,
  receipts BIGINT NOT NULL DEFAULT 0,
  suppressions BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX erasures_due ON erasures (due_at) WHERE due_at IS NOT NULL;

CREATE INDEX erasures_recipient ON erasures (tenant, recipient_hash);

CREATE INDEX erasures_asked ON erasures (asked_until);

CREATE TABLE templates (
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  removed_at TIMESTAMPTZ,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE template_versions (
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  description TEXT,
  default_locale TEXT NOT NULL,
  locales TEXT NOT NULL,
  document TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  created_by TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (tenant, name, version)
);

-- How much the versions of a tenant's templates take, without a look at them.
CREATE INDEX template_versions_bytes ON template_versions (tenant, name, version) INCLUDE (bytes);

CREATE TRIGGER templates_ring AFTER INSERT OR UPDATE OR DELETE ON templates
  FOR EACH STATEMENT EXECUTE FUNCTION signalbox_ring('signalbox_templates');

-- How much of a quota gateways have taken, also what they have taken ahead and not used yet. api_key is empty for the
-- quota of the tenant; period is a day (2026-01-31) or a month (2026-01) of UTC.
CREATE TABLE quota_uses (
  tenant TEXT NOT NULL,
  api_key TEXT NOT NULL,
  period TEXT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (tenant, api_key, period)
);

CREATE INDEX quota_uses_period ON quota_uses (period);

CREATE TABLE operations (
  id BIGINT PRIMARY KEY,
  random BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  kind INTEGER NOT NULL,
  service TEXT NOT NULL,
  country TEXT,
  state INTEGER NOT NULL,
  version BIGINT NOT NULL,
  node INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  look_ups INTEGER NOT NULL,
  not_found INTEGER NOT NULL,
  provider TEXT,
  provider_id TEXT,
  attempted_at TIMESTAMPTZ,
  due_at TIMESTAMPTZ,
  follow_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  patient_until TIMESTAMPTZ,
  problem TEXT,
  problem_detail TEXT,
  retry_after_ms BIGINT,
  idempotency_key TEXT,
  digest TEXT NOT NULL,
  traceparent TEXT NOT NULL,
  circuit_breaker_open_at TIMESTAMPTZ,
  resilience_strategy TEXT,
  content BYTEA NOT NULL
);

CREATE UNIQUE INDEX operations_key ON operations (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE INDEX operations_list ON operations (tenant, kind, id);

CREATE INDEX operations_due ON operations (node, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX operations_follow ON operations (node, kind, follow_at) WHERE follow_at IS NOT NULL;

CREATE INDEX operations_open ON operations (provider, attempted_at) WHERE state IN (1, 2);

CREATE TABLE operation_claims (
  provider TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  operation_id BIGINT NOT NULL,
  attempt INTEGER NOT NULL,
  state INTEGER NOT NULL,
  claimed_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ,
  tries INTEGER NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (provider, provider_id)
);

CREATE INDEX operation_claims_operation ON operation_claims (operation_id);

CREATE INDEX operation_claims_claimed ON operation_claims (provider, claimed_at);

CREATE INDEX operation_claims_due ON operation_claims (node, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE operation_watches (
  operation_id BIGINT NOT NULL,
  attempt INTEGER NOT NULL,
  due_at TIMESTAMPTZ NOT NULL,
  until_at TIMESTAMPTZ NOT NULL,
  looks INTEGER NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (operation_id, attempt)
);

CREATE INDEX operation_watches_due ON operation_watches (node, due_at);

-- What providers said last that they have to rent. Amounts are in millionths of the currency; NULL where a provider does
-- not say. free_micros is the lowest at which a number is to be had where the provider may pick the price.
CREATE TABLE number_offers (
  provider TEXT NOT NULL,
  country TEXT NOT NULL,
  service TEXT NOT NULL,
  stock INTEGER NOT NULL,
  price_micros BIGINT,
  price_currency TEXT,
  free_micros BIGINT,
  free_currency TEXT,
  seen_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (provider, country, service)
);

CREATE INDEX number_offers_wanted ON number_offers (country, service);

-- When all offers of a provider were asked for last, how many were kept, and whether those were all: then what is not
-- among them is not on offer.
CREATE TABLE number_syncs (
  provider TEXT PRIMARY KEY,
  synced_at TIMESTAMPTZ NOT NULL,
  offers INTEGER NOT NULL,
  complete BOOLEAN NOT NULL
);

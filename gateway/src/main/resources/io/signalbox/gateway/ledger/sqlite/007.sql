-- Routing preferences of operators: one row for all channels, and one for each channel that differs. What
-- is NULL is left to the next wider place: a channel's row, then this row, then the configuration. A
-- running gateway follows changes within a second, whoever makes them.
CREATE TABLE provider_preferences (
  id INTEGER PRIMARY KEY CONSTRAINT "there is one row: its id is 1" CHECK (id = 1),
  preferred_provider TEXT,
  fallback_enabled INTEGER CONSTRAINT "fallback_enabled: true or false"
    CHECK (fallback_enabled IN (0, 1)),
  retry_attempts INTEGER CONSTRAINT "retry_attempts: a whole number from 0 to 99"
    CHECK (typeof(retry_attempts) IN ('integer', 'null') AND retry_attempts BETWEEN 0 AND 99),
  retry_delay_ms INTEGER CONSTRAINT "retry_delay_ms: a whole number from 1 to 3600000"
    CHECK (typeof(retry_delay_ms) IN ('integer', 'null') AND retry_delay_ms BETWEEN 1 AND 3600000),
  min_success_rate REAL CONSTRAINT "min_success_rate: percent, 0 to 100"
    CHECK (typeof(min_success_rate) <> 'text' AND min_success_rate BETWEEN 0 AND 100),
  max_response_time_ms INTEGER CONSTRAINT "max_response_time_ms: a whole number from 1 to 600000"
    CHECK (typeof(max_response_time_ms) IN ('integer', 'null') AND max_response_time_ms BETWEEN 1 AND 600000),
  policy TEXT CONSTRAINT "policy: weighted, adjusted or cheapest"
    CHECK (policy IN ('weighted', 'adjusted', 'cheapest')),
  strategy TEXT CONSTRAINT "strategy: best or weighted" CHECK (strategy IN ('best', 'weighted')),
  health_weight REAL,
  priority_weight REAL,
  response_weight REAL,
  load_weight REAL,
  health_success_share REAL CONSTRAINT "health_success_share: percent, 0 to 100"
    CHECK (typeof(health_success_share) <> 'text' AND health_success_share BETWEEN 0 AND 100),
  updated_at INTEGER,
  updated_by TEXT,
  CONSTRAINT "the four weights: all or none, each at least 0, together 100" CHECK (
    coalesce(health_weight, priority_weight, response_weight, load_weight) IS NULL
    OR (min(health_weight, priority_weight, response_weight, load_weight) >= 0
      AND abs(health_weight + priority_weight + response_weight + load_weight - 100) < 0.000001) IS TRUE)
);

INSERT INTO provider_preferences (id) VALUES (1);

CREATE TABLE channel_preferences (
  channel TEXT PRIMARY KEY CONSTRAINT "channel: email, sms, whatsapp, telegram, number or booking"
    CHECK (channel IN ('email', 'sms', 'whatsapp', 'telegram', 'number', 'booking')),
  preferred_provider TEXT,
  fallback_enabled INTEGER CONSTRAINT "fallback_enabled: true or false"
    CHECK (fallback_enabled IN (0, 1)),
  retry_attempts INTEGER CONSTRAINT "retry_attempts: a whole number from 0 to 99"
    CHECK (typeof(retry_attempts) IN ('integer', 'null') AND retry_attempts BETWEEN 0 AND 99),
  retry_delay_ms INTEGER CONSTRAINT "retry_delay_ms: a whole number from 1 to 3600000"
    CHECK (typeof(retry_delay_ms) IN ('integer', 'null') AND retry_delay_ms BETWEEN 1 AND 3600000),
  min_success_rate REAL CONSTRAINT "min_success_rate: percent, 0 to 100"
    CHECK (typeof(min_success_rate) <> 'text' AND min_success_rate BETWEEN 0 AND 100),
  max_response_time_ms INTEGER CONSTRAINT "max_response_time_ms: a whole number from 1 to 600000"
    CHECK (typeof(max_response_time_ms) IN ('integer', 'null') AND max_response_time_ms BETWEEN 1 AND 600000),
  policy TEXT CONSTRAINT "policy: weighted, adjusted or cheapest"
    CHECK (policy IN ('weighted', 'adjusted', 'cheapest')),
  strategy TEXT CONSTRAINT "strategy: best or weighted" CHECK (strategy IN ('best', 'weighted')),
  health_weight REAL,
  priority_weight REAL,
  response_weight REAL,
  load_weight REAL,
  health_success_share REAL CONSTRAINT "health_success_share: percent, 0 to 100"
    CHECK (typeof(health_success_share) <> 'text' AND health_success_share BETWEEN 0 AND 100),
  updated_at INTEGER,
  updated_by TEXT,
  CONSTRAINT "the four weights: all or none, each at least 0, together 100" CHECK (
    coalesce(health_weight, priority_weight, response_weight, load_weight) IS NULL
    OR (min(health_weight, priority_weight, response_weight, load_weight) >= 0
      AND abs(health_weight + priority_weight + response_weight + load_weight - 100) < 0.000001) IS TRUE)
);

-- What operators decided about providers; it outlives restarts and replacements.
CREATE TABLE provider_controls (
  provider TEXT PRIMARY KEY,
  drained INTEGER NOT NULL,
  actor TEXT NOT NULL,
  changed_at INTEGER NOT NULL
);

-- How providers are. The rate (percent) and the response time are of the last attempts, as scoring sees
-- them; the numbers of requests are of all time, without those that say nothing of the provider.
CREATE TABLE provider_health (
  provider TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  success_rate REAL NOT NULL,
  avg_response_time_ms REAL NOT NULL,
  total_requests INTEGER NOT NULL,
  successful_requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  last_success_at INTEGER,
  last_failure_at INTEGER,
  last_checked_at INTEGER NOT NULL
);

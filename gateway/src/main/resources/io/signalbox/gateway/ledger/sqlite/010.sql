-- How the attempts of each busy provider went, one row for each window, which ends at created_at.
-- total_requests = successful_requests + failed_requests + what was neither (throttled, rejected).
-- failure_rate is failed / (successful + failed). severity is that of the minute before created_at.
CREATE TABLE failure_metrics (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  total_requests INTEGER NOT NULL,
  successful_requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  failure_rate REAL NOT NULL,
  severity TEXT NOT NULL,
  timeouts INTEGER NOT NULL,
  connection_failures INTEGER NOT NULL,
  server_errors INTEGER NOT NULL,
  provider_faults INTEGER NOT NULL,
  other_failures INTEGER NOT NULL,
  throttled INTEGER NOT NULL,
  rejected INTEGER NOT NULL
);

-- Changes of the degradation mode. reasons is a JSON array, empty where to_mode is NORMAL.
CREATE TABLE degradation_events (
  id INTEGER PRIMARY KEY,
  from_mode TEXT NOT NULL,
  to_mode TEXT NOT NULL,
  reasons TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

-- Drills and what they showed. id is NotificationId.key(). parameters and report are JSON objects; report
-- and ended_at are NULL while the drill runs. Only the newest are kept.
CREATE TABLE drills (
  id INTEGER PRIMARY KEY,
  random INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  mode TEXT,
  parameters TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  report TEXT,
  actor TEXT NOT NULL
);

CREATE INDEX drills_running ON drills (state) WHERE state = 'running';

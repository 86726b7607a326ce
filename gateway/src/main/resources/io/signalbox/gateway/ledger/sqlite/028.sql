-- What providers have told of bookings by webhook, each statement once; belongs to the body that it came with, and goes
-- with it. due_at is NULL, and content (JSON, under a seal if there are keys) empty, once it has had its effect.
CREATE TABLE booking_events (
  id INTEGER PRIMARY KEY,
  body_id INTEGER NOT NULL,
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  node INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  due_at INTEGER,
  content BLOB NOT NULL
);

CREATE UNIQUE INDEX booking_events_event ON booking_events (provider, event_id);

CREATE INDEX booking_events_due ON booking_events (node, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX booking_events_body ON booking_events (body_id);

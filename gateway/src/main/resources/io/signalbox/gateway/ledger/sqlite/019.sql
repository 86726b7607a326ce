-- Idempotency keys of requests other than those that accept notifications, and the answer of the first one: status is
-- NULL while it is under way. turn is a random number of that request. Nothing secret stands in body.
CREATE TABLE request_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  turn INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  status INTEGER,
  headers TEXT,
  body BLOB,
  PRIMARY KEY (tenant, key)
);

CREATE INDEX request_keys_age ON request_keys (created_at);

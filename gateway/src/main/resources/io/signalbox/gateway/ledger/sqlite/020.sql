-- The key of the keyed hashes that stand for recipients; sealed if there are keys. One row at most.
CREATE TABLE recipient_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
);

-- The recipient under a seal; recipient is a keyed hash then, and also where a recipient was erased.
ALTER TABLE suppressions ADD COLUMN sealed TEXT;

-- The keys that values may be sealed with, '' for none: proof is a known text under the key, by which it is
-- known again, and uses grows for as long as a gateway seals with it.
CREATE TABLE seal_keys (
  key_id TEXT PRIMARY KEY,
  proof TEXT NOT NULL,
  uses INTEGER NOT NULL
);

INSERT INTO seal_keys VALUES ('', '', 0);

-- With a number, so that its rows can be walked through; body may be under a seal.
CREATE TABLE answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  turn INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  status INTEGER,
  headers TEXT,
  body BLOB,
  UNIQUE (tenant, key)
);

INSERT INTO answers (tenant, key, fingerprint, turn, created_at, status, headers, body)
SELECT tenant, key, fingerprint, turn, created_at, status, headers, body FROM request_keys;

DROP TABLE request_keys;

ALTER TABLE answers RENAME TO request_keys;

CREATE INDEX request_keys_age ON request_keys (created_at);

-- Orders to forget a recipient: the hash stays, and the address (sealed if there are keys) only until the order
-- is done. phase and place say how far it has come; due_at is NULL when it is done. What was accepted until
-- asked_until is to go; covers_until is the same of the pass that is under way.
CREATE TABLE erasures (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  recipient_hash TEXT NOT NULL,
  address TEXT,
  phase INTEGER NOT NULL DEFAULT 0,
  place INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  created_at INTEGER NOT NULL,
  asked_until INTEGER NOT NULL,
  covers_until INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  origin TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  ended_at INTEGER,
  notifications INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  webhooks INTEGER NOT NULL DEFAULT 0,
  answers INTEGER NOT NULL DEFAULT 0,
  receipts INTEGER NOT NULL DEFAULT 0,
  suppressions INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX erasures_due ON erasures (due_at) WHERE due_at IS NOT NULL;

CREATE INDEX erasures_recipient ON erasures (tenant, recipient_hash);

CREATE INDEX erasures_asked ON erasures (asked_until);

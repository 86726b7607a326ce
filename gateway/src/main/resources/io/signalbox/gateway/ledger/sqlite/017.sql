-- API keys: hash is the SHA-256 of the whole key, which nobody can turn back; previous_hash is that of the key
-- before the last rotation, which counts until previous_until. roles are names with spaces between them.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  hash TEXT NOT NULL,
  previous_hash TEXT,
  previous_until INTEGER,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  rotated_at INTEGER,
  expires_at INTEGER,
  last_used_at INTEGER
);

CREATE INDEX api_keys_tenant ON api_keys (tenant);

-- Ids that were given out, while the ledger was away, for notifications that it has under another id:
-- the idempotency key was known already, or the key of the id was taken.
CREATE TABLE notification_aliases (
  id INTEGER NOT NULL,
  random INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  notification_id INTEGER NOT NULL,
  notification_random INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (id, random)
) WITHOUT ROWID;

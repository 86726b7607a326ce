-- Recipients that get nothing more. An entry that was taken off stays as a mark (removed_at): what a
-- provider said before that does not put the recipient back. AUTOINCREMENT: an id is used once.
CREATE TABLE suppressions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  channel INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  provider TEXT,
  notification TEXT,
  note TEXT,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  removed_by TEXT
);

CREATE UNIQUE INDEX suppressions_recipient ON suppressions (recipient, channel, tenant);

-- What the provider of a webhook carries, one bit for each channel's code: a receipt that speaks of no
-- known attempt is about one of these channels.
ALTER TABLE webhook_work ADD COLUMN channels INTEGER NOT NULL DEFAULT 0;

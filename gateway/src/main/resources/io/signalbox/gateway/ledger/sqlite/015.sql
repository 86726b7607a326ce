-- When an attempt last referred to a ranking; as much as twelve hours may be missing.
ALTER TABLE rankings ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;

UPDATE rankings SET used_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;

-- How many notifications were removed after their time, of which end, and how many attempts they had:
-- with the rows that are there, the totals of all time.
CREATE TABLE removed_totals (
  tenant TEXT NOT NULL,
  channel INTEGER NOT NULL,
  state INTEGER NOT NULL,
  notifications INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel, state)
) WITHOUT ROWID;

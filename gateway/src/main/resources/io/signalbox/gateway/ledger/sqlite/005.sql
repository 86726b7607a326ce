-- How long a delivered receipt is waited for once this attempt is sent; NULL if nobody waits.
ALTER TABLE provider_requests ADD COLUMN confirm_within_ms INTEGER;

-- Whether it began because an earlier attempt was sent and not confirmed.
ALTER TABLE provider_requests ADD COLUMN confirmation INTEGER NOT NULL DEFAULT 0;

-- When the application called the notification back while this attempt was under way.
ALTER TABLE provider_requests ADD COLUMN cancel_wished_at INTEGER;

-- Open notifications (scheduled, queued, processing) that no queue would bring: those with an attempt
-- under way, and those that were lost. As small as what is in flight.
CREATE INDEX notifications_in_no_queue ON notifications (updated_at)
  WHERE due_at IS NULL AND state IN (0, 1, 2);

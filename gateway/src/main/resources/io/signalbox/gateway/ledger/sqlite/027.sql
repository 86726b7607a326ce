-- Notifications (2, processing) of which nobody knows yet whether they were sent. A few, looked at every second.
CREATE INDEX notifications_unknown ON notifications (due_at) WHERE state = 2 AND due_at IS NOT NULL;

-- How much the versions of a tenant's templates take, without a look at them.
ALTER TABLE template_versions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE template_versions SET bytes = length(CAST(document AS BLOB));
CREATE INDEX template_versions_bytes ON template_versions (tenant, name, version, bytes);

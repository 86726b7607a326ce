-- Whatever narrows a page of the audit log finds its lines by an index, newest first: SQLite puts seq behind each of them.
CREATE INDEX audit_log_actor ON audit_log (actor);
CREATE INDEX audit_log_target ON audit_log (target);
CREATE INDEX audit_log_action ON audit_log (action);
CREATE INDEX audit_log_tenant ON audit_log (tenant);
CREATE INDEX audit_log_created_at ON audit_log (created_at);

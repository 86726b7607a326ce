-- Where a notification stands in a trace, as W3C Trace Context writes it (traceparent); the 32 digits after the first
-- dash are its correlation id. NULL for what was accepted before: its own id serves then.
ALTER TABLE notifications ADD COLUMN traceparent TEXT;

-- What led to each transition of a breaker.
ALTER TABLE circuit_breaker_events ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE circuit_breaker_events ADD COLUMN fault INTEGER NOT NULL DEFAULT 0;
ALTER TABLE circuit_breaker_events ADD COLUMN evidence TEXT NOT NULL DEFAULT '{}';

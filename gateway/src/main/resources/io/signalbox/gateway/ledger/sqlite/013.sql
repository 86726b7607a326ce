-- How the provider of the last attempt was chosen: the routing policy, or the rule where none is known.
ALTER TABLE notifications ADD COLUMN resilience_strategy TEXT;

-- When an attempt last began elsewhere because a provider's circuit breaker was open.
ALTER TABLE notifications ADD COLUMN circuit_breaker_open_at INTEGER;

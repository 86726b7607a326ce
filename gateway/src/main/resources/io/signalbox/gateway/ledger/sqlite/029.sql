-- How an endpoint is told: in whose words (cloudevents, or a provider's), how Vonage's receipts are signed (NULL: not at
-- all), and the API key with whose messages the addresses come (NULL: it has its own, in url).
ALTER TABLE callbacks ADD COLUMN format TEXT NOT NULL DEFAULT 'cloudevents';
ALTER TABLE callbacks ADD COLUMN signature_method TEXT;
ALTER TABLE callbacks ADD COLUMN api_key TEXT;

CREATE UNIQUE INDEX callbacks_api_key ON callbacks (api_key, format) WHERE api_key IS NOT NULL AND removed_at IS NULL;

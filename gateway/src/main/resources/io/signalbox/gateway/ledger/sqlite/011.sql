-- Whether a receipt was found by our own question: it shows that the provider answers, and says
-- nothing of whether its webhooks reach us.
ALTER TABLE webhook_events ADD COLUMN looked_up INTEGER NOT NULL DEFAULT 0;

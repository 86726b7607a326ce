-- Which of the nodes that share a ledger has begun an attempt, or is to process a webhook: always 0 here.
ALTER TABLE provider_requests ADD COLUMN node INTEGER NOT NULL DEFAULT 0;

ALTER TABLE webhook_work ADD COLUMN node INTEGER NOT NULL DEFAULT 0;

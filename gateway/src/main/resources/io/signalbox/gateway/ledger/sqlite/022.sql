-- To what API keys are narrowed (scopes, with spaces between them; empty: not at all), and how many notifications they
-- may send in a day and in a month of UTC; 0 for as many as one likes.
ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN per_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN per_month INTEGER NOT NULL DEFAULT 0;

-- How much of a quota gateways have taken, also what they have taken ahead and not used yet. api_key is empty for the
-- quota of the tenant; period is a day (2026-01-31) or a month (2026-01) of UTC.
CREATE TABLE quota_uses (
  tenant TEXT NOT NULL,
  api_key TEXT NOT NULL,
  period TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (tenant, api_key, period)
);

CREATE INDEX quota_uses_period ON quota_uses (period);

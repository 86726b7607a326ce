-- The routing policy that an attempt followed; NULL before there were such.
ALTER TABLE provider_requests ADD COLUMN policy TEXT;

-- What may have been sent twice; as small as the policies' budgets.
CREATE INDEX provider_requests_doubled ON provider_requests (created_at)
  WHERE possible_duplicate;

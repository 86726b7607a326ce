-- Keeps the later of two times for one provider.
-- KEYS[1]: hash of all providers. ARGV: provider, time in epoch milliseconds.
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
if not known or known < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return redis.status_reply('OK')

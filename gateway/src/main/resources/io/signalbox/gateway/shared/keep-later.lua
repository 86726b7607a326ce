-- Keeps the later of two times for one provider, and forgets the times that are over.
-- KEYS[1]: hash of all providers. ARGV: provider, time in epoch milliseconds, for how many
-- milliseconds a provider may be kept waiting at most.
-- The time is the server's: one gateway whose clock is ahead silences no provider for long.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local longest = tonumber(ARGV[3])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local over = tonumber(all[i + 1])
  if not over or over <= now then
    redis.call('HDEL', KEYS[1], all[i])
  end
end
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
local wanted = math.min(tonumber(ARGV[2]), now + longest)
if wanted > now and (not known or known < wanted) then
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', wanted))
  -- If nobody is made to wait any more, nothing is left.
  redis.call('PEXPIRE', KEYS[1], math.max(longest, redis.call('PTTL', KEYS[1])))
end
return redis.status_reply('OK')

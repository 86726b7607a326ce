-- Takes permits from the bucket that all gateways share for one provider.
-- KEYS[1]: hash of the bucket. ARGV: permits per second, most that the bucket holds, permits wanted,
-- milliseconds after which a bucket that nobody asks for is forgotten.
-- Returns the permits given and, if those are fewer, after how many milliseconds to ask again.
-- The time is the server's, so that all gateways go by the same. What a bucket held that is not
-- known may have been taken before the server forgot it: it begins with one permit.
local per_second = tonumber(ARGV[1])
local capacity = tonumber(ARGV[2])
local wanted = tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('HMGET', KEYS[1], 'permits', 'at')
local permits = tonumber(known[1]) or 1
local at = tonumber(known[2]) or now
permits = math.min(capacity, permits + math.max(0, now - at) * per_second / 1000)
local given = math.min(wanted, math.floor(permits))
permits = permits - given
redis.call('HSET', KEYS[1], 'permits', string.format('%.6f', permits), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if given >= wanted then
  return {given, 0}
end
local worth_asking = math.min(wanted, math.max(1, math.floor(capacity / 2)))
return {given, math.max(0, math.ceil((worth_asking - permits) * 1000 / per_second))}

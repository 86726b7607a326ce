-- Takes a sign of life of a gateway, and returns how many gateways live.
-- KEYS[1]: sorted set of gateways, by the times of their last signs. ARGV: this gateway,
-- milliseconds after which one that gave no sign is gone.
-- The time is the server's, so that clocks that do not agree make nobody look dead.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - tonumber(ARGV[2])))
return redis.call('ZCARD', KEYS[1])

-- Keeps notifications for later, while there are fewer than the limit.
-- KEYS[1]: the sorted set. ARGV: the limit, then time (epoch milliseconds) and member of each.
local room = tonumber(ARGV[1]) - redis.call('ZCARD', KEYS[1])
for i = 2, #ARGV, 2 do
  if room <= 0 then
    return
  end
  room = room - redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1])
end

-- Puts notifications into the stream of a lane for as long as it is shorter than its limit.
-- KEYS[1]: the stream. ARGV: the limit, ids. Returns how many were left out.
local room = tonumber(ARGV[1]) - redis.call('XLEN', KEYS[1])
for i = 2, #ARGV do
  if room <= 0 then
    return #ARGV - i + 1
  end
  redis.call('XADD', KEYS[1], '*', 'id', ARGV[i])
  room = room - 1
end
return 0

-- Moves what has come due into the streams of its lanes; each goes once, whoever calls.
-- KEYS: the sorted set, streams. ARGV: the limit of a stream, then of each: which of the streams
-- (counted from 1), member, id. Returns the streams that had no room; the ledger brings what was
-- for them.
local full = {}
for i = 2, #ARGV, 3 do
  local stream = KEYS[tonumber(ARGV[i]) + 1]
  if redis.call('ZREM', KEYS[1], ARGV[i + 1]) == 1 then
    if redis.call('XLEN', stream) < tonumber(ARGV[1]) then
      redis.call('XADD', stream, '*', 'id', ARGV[i + 2])
    else
      full[#full + 1] = tonumber(ARGV[i])
    end
  end
end
return full

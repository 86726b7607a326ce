-- How much there is. KEYS: the sorted set, the stream of dead letters, streams. ARGV: the group.
-- Returns the sizes of the first two, then of each stream its length and how much of it was given
-- out and is not acknowledged; -1 if its group is not there.
local sizes = {redis.call('ZCARD', KEYS[1]), redis.call('XLEN', KEYS[2])}
for i = 3, #KEYS do
  local pending = redis.pcall('XPENDING', KEYS[i], ARGV[1])
  sizes[#sizes + 1] = redis.call('XLEN', KEYS[i])
  sizes[#sizes + 1] = pending.err and -1 or pending[1]
end
return sizes

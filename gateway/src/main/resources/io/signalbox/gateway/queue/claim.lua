-- Takes over entries whose consumer has given no sign for some time. Who has been given out too
-- often goes to the dead letters. (XAUTOCLAIM of Redis 6.2 also names entries that are gone.)
-- KEYS: the stream, the stream of dead letters. ARGV: group, consumer, time without a sign in
-- milliseconds, where to begin, how many, how often an entry may be given out, limit of the dead
-- letters, lane. Returns where to go on, how many went to the dead letters, then entry and id of
-- each that was taken over.
local claimed = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4],
    'COUNT', ARGV[5], 'JUSTID')
local dead = 0
local answer = {claimed[1], dead}
for _, entry in ipairs(claimed[2]) do
  local kept = redis.call('XRANGE', KEYS[1], entry, entry)[1]
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], entry, entry, 1)[1]
  if not kept or not pending then
    redis.call('XACK', KEYS[1], ARGV[1], entry)
  elseif pending[4] >= tonumber(ARGV[6]) then
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], '*',
        'id', kept[2][2], 'lane', ARGV[8], 'reason', 'given_out_too_often')
    redis.call('XACK', KEYS[1], ARGV[1], entry)
    redis.call('XDEL', KEYS[1], entry)
    dead = dead + 1
  else
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, entry, 'RETRYCOUNT', pending[4] + 1, 'JUSTID')
    answer[#answer + 1] = entry
    answer[#answer + 1] = kept[2][2]
  end
end
answer[2] = dead
return answer

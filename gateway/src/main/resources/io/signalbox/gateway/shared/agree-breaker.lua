-- Keeps the newer of two states of a breaker, and returns it.
-- KEYS[1]: hash of all breakers. ARGV: provider, generation, rank of the state (the more cautious
-- the higher), end of the opening in epoch milliseconds, the state as JSON.
-- The order is that of BreakerSnapshot.supersedes.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if stored then
  local ok, known = pcall(cjson.decode, stored)
  if ok and type(known) == 'table' then
    local ours = {tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])}
    local theirs = {tonumber(known.generation) or -1, tonumber(known.rank) or -1, tonumber(known.open_until) or -1}
    for i = 1, 3 do
      if ours[i] < theirs[i] then
        return stored
      elseif ours[i] > theirs[i] then
        break
      elseif i == 3 then
        return stored
      end
    end
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
return ARGV[5]

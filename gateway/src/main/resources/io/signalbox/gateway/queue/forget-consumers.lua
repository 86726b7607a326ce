-- Forgets consumers that hold nothing and have not asked for long; one that lives comes back with
-- its next question. KEYS: streams. ARGV: group, the asking consumer, how long in milliseconds.
-- Returns how many.
local forgotten = 0
for i = 1, #KEYS do
  local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[i], ARGV[1])
  for _, consumer in ipairs(consumers.err and {} or consumers) do
    local name, pending, idle = consumer[2], consumer[4], consumer[6]
    if name ~= ARGV[2] and pending == 0 and idle > tonumber(ARGV[3]) then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[i], ARGV[1], name)
      forgotten = forgotten + 1
    end
  end
end
return forgotten

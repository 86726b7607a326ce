-- Lets others have entries at once: puts them at the end of their stream as new ones.
-- KEYS[1]: the stream. ARGV: the group, then entry and id of each.
for i = 2, #ARGV, 2 do
  if redis.call('XACK', KEYS[1], ARGV[1], ARGV[i]) == 1 then
    redis.call('XDEL', KEYS[1], ARGV[i])
    redis.call('XADD', KEYS[1], '*', 'id', ARGV[i + 1])
  end
end

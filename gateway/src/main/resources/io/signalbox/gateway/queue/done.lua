-- Acknowledges entries and takes them out: at once, so that none stays that nobody reads again.
-- KEYS[1]: the stream. ARGV: the group, entries (some hundreds at most).
local entries = {unpack(ARGV, 2)}
redis.call('XACK', KEYS[1], ARGV[1], unpack(entries))
return redis.call('XDEL', KEYS[1], unpack(entries))

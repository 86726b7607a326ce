-- wrk script: posts the same notification again and again, and writes what came of it as JSON.
-- Environment: BENCH_BODY (file with the body), BENCH_TOKEN, BENCH_OUT (file for the result),
-- BENCH_CHECK=1 looks at each answer's status, which costs wrk a good share of its speed.

local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")

local threads = {}

function setup(thread)
  thread:set("other", 0)
  table.insert(threads, thread)
end

if os.getenv("BENCH_CHECK") == "1" then
  function response(status)
    if status ~= 202 then
      other = other + 1
    end
  end
end

function done(summary, latency)
  local checked = os.getenv("BENCH_CHECK") == "1"
  local wrong = summary.errors.status
  if checked then
    wrong = 0
    for _, thread in ipairs(threads) do
      wrong = wrong + thread:get("other")
    end
  end
  local seconds = summary.duration / 1e6
  local out = assert(io.open(os.getenv("BENCH_OUT"), "w"))
  out:write(string.format(
    '{"seconds":%.3f,"answers":%d,"non_202":%d,"every_status_checked":%s,'
      .. '"per_second":%.0f,"p50_ms":%.3f,"p90_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,'
      .. '"connect_errors":%d,"read_errors":%d,"write_errors":%d,"timeouts":%d}\n',
    seconds, summary.requests, wrong, tostring(checked), summary.requests / seconds,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.errors.connect, summary.errors.read, summary.errors.write,
    summary.errors.timeout))
  out:close()
end

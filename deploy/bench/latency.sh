# Sourced by run. Latencies under open load: counted from the time at which each request was meant to go.
# shellcheck shell=bash

# timed_body: the notification of intake, with the time and number of its request in it.
timed_body() {
  body_of telegram
  jq -c '.message += " (n=000000000000) (t=0000000000000000000)"' "$body" >"$work/body-timed.json"
  body=$work/body-timed.json
}

# Half of what intake took in this run, or of what is kept of an earlier one; 10,000 if neither is known.
half_of_intake() {
  local full='' from='of this run'
  [ ! -s "$work/result-intake" ] || full=$(jq '.per_second // empty' "$work/result-intake")
  if [ -z "$full" ] && [ -s "$kept_file" ]; then
    full=$(jq '.figures.intake.value // empty' "$kept_file")
    from='that is kept'
  fi
  if [ -n "$full" ]; then
    progress "latency: half of the intake $from, $full/s"
  else
    full=20000
    progress "latency: what intake takes is not known here (no such scenario in this run, no figure kept): 10,000/s"
  fi
  jq -n --argjson full "$full" '[$full / 2 | floor, 1] | max'
}

accept_latency() {
  local out=$work/latency-accept rate=$accept_rate
  [ "$rate" -gt 0 ] || rate=$(half_of_intake)
  held_gateway latency-accept
  timed_body
  progress "latency of accepting at $rate/s: warm-up $warm_up s, then $seconds s"
  send_load $((warm_up + seconds + 60)) "$out" "rate=$rate" "warm_up=$warm_up" "seconds=$seconds"
  end_and_count "$out.ledger"
  end_process "$simulator_pid"
  forget_data
}

sent_latency() {
  local out=$work/latency-sent
  start_sink latency-sent
  plugins_folder latency-sent telegram
  telegram_provider telegram "$simulator_url" 1
  start_on_sink latency-sent
  timed_body
  progress "latency of sending at $send_rate/s, instant sink: warm-up $warm_up s, then $seconds s"
  send_load $((warm_up + seconds + 60)) "$out" "rate=$send_rate" "warm_up=$warm_up" "seconds=$seconds"
  await_taken telegram "$(jq '.answers_with_warm_up - .unexpected' "$out")"
  end_and_count "$out.ledger"
  curl -fsS "$simulator_url/_sink" >"$out.sink"
  tool SentTimes "$data/ledger.db" "$seconds" >"$out.times"
  end_process "$simulator_pid"
  forget_data
}

latency() {
  accept_latency
  sent_latency
  jq -n --slurpfile accept "$work/latency-accept" --slurpfile accept_ledger "$work/latency-accept.ledger" \
    --slurpfile sent "$work/latency-sent" --slurpfile sink "$work/latency-sent.sink" \
    --slurpfile times "$work/latency-sent.times" --slurpfile ledger "$work/latency-sent.ledger" --arg drained "$drained" '
    def times: {p50_ms, p90_ms, p99_ms, p999_ms, max_ms};
    def load: {rate, per_second, unexpected, broken, unanswered, sent_late};
    ([$ledger[0].states[("scheduled", "queued", "processing")] // 0] | add) as $waiting
    | {accept: ($accept[0] | load + times + {lost: ([.answers_with_warm_up - .unexpected - $accept_ledger[0].notifications, 0] | max)}),
     sent: ($sent[0] | load + {accept: times, at_sink: ($sink[0] | times), accepted_to_sent_by_ledger: $times[0],
       lost: ([.answers_with_warm_up - .unexpected - $ledger[0].notifications, 0] | max),
       drained: ($drained == "yes"), waiting: $waiting, not_delivered: ([.answers_with_warm_up - .unexpected - $sink[0].taken - $waiting, 0] | max),
       taken_more_than_stored: ([$sink[0].taken - $ledger[0].notifications, 0] | max)})}'
}

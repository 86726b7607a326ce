# Sourced by run. Latencies under open load: counted from the time at which each request was meant to go.
# shellcheck shell=bash

# timed_body: the notification of intake, with the time and number of its request in it.
timed_body() {
  body_of telegram
  jq -c '.message += " (n=000000000000) (t=0000000000000000000)"' "$body" >"$work/body-timed.json"
  body=$work/body-timed.json
}

# Half of what intake took in this run, or of what is kept of an earlier one.
half_of_intake() {
  local full=
  [ ! -s "$work/result-intake" ] || full=$(jq '.per_second // empty' "$work/result-intake")
  [ -n "$full" ] || full=$(jq '.figures.intake.value // empty' "$here/figures.json")
  echo $((${full:-20000} / 2))
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
  curl -fsS "$simulator_url/_sink" >"$out.sink"
  end_and_count "$out.ledger"
  tool SentTimes "$data/ledger.db" "$seconds" >"$out.times"
  end_process "$simulator_pid"
  forget_data
}

latency() {
  accept_latency
  sent_latency
  jq -n --slurpfile accept "$work/latency-accept" --slurpfile accept_ledger "$work/latency-accept.ledger" \
    --slurpfile sent "$work/latency-sent" --slurpfile sink "$work/latency-sent.sink" \
    --slurpfile times "$work/latency-sent.times" --slurpfile ledger "$work/latency-sent.ledger" '
    def times: {p50_ms, p90_ms, p99_ms, p999_ms, max_ms};
    def load: {rate, per_second, unexpected, broken, unanswered, sent_late};
    {accept: ($accept[0] | load + times + {lost: ([.answers_with_warm_up - .unexpected - $accept_ledger[0].notifications, 0] | max)}),
     sent: ($sent[0] | load + {accept: times, at_sink: ($sink[0] | times), accepted_to_sent_by_ledger: $times[0],
       lost: ([.answers_with_warm_up - .unexpected - $ledger[0].notifications, 0] | max),
       not_delivered: ([.answers_with_warm_up - .unexpected - $sink[0].taken, 0] | max),
       taken_more_than_stored: ([$sink[0].taken - $ledger[0].notifications, 0] | max)})}'
}

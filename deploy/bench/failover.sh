# Sourced by run. What a failed first attempt adds until the message is at the second provider.
# shellcheck shell=bash

failover_rate=300

# prefer PROVIDER: who is asked first from now on.
prefer() {
  api PATCH /api/v1/preferences -d "{\"channels\":{\"telegram\":{\"preferred_provider\":\"$1\"}}}" >/dev/null
}

# failover_phase NAME PROVIDER SECONDS: sends with that provider preferred; the times go to a file of that name.
failover_phase() {
  local out=$work/failover-$1
  prefer "$2"
  curl -fsS -X POST "$simulator_url/_sink" >"$out.before"
  send_load $(($3 + 60)) "$out" "rate=$failover_rate" warm_up=1 "seconds=$3" connections=16
  await_taken telegram $(($(jq .taken "$out.before") + $(jq '.answers_with_warm_up - .unexpected' "$out")))
  curl -fsS "$simulator_url/_sink" >"$out.sink"
  jq -n --arg mode "$1" --arg drained "$drained" --slurpfile load "$out" --slurpfile before "$out.before" --slurpfile after "$out.sink" '
    {mode: $mode, sent: $load[0].sent, accepted: ($load[0].answers_with_warm_up - $load[0].unexpected), drained: ($drained == "yes"),
     failed_at_sink: ($after[0].failed - $before[0].failed)} + ($after[0] | {timed, p50_ms, p90_ms, p99_ms})
    + ($load[0] | {unexpected, broken, unanswered})' >"$out.result"
  progress "failover, $1: $(jq -c '{p50_ms, p99_ms}' "$out.result")"
}

failover() {
  local name mode each=$((seconds < 4 ? 1 : seconds / 2)) phases=() step=0 warm=(good refuse error)
  [ -z "$quick" ] || warm=(refuse)
  start_sink failover
  plugins_folder failover telegram
  telegram_provider good "$simulator_url" 1
  telegram_provider open "$simulator_url" 9
  telegram_provider error "$simulator_url/failing" 9
  # Nothing listens on port 1.
  telegram_provider refuse http://127.0.0.1:1 9
  # With fewer permits some would be passed over, instead of tried.
  for name in good open error refuse; do
    printf 'adaptive_concurrency: false\n' >>"$plugins/$name.yaml"
  done
  start_on_sink failover --set breaker.failure_threshold=10000 --set breaker.minimum_calls=100000 --set scoring.exploration=0
  timed_body
  progress "failover at $failover_rate/s: warm-up"
  for mode in "${warm[@]}"; do
    failover_phase "warm-$mode" "$mode" "$((warm_up / 4 + 1))"
  done
  api POST /api/v1/providers/open/open >/dev/null
  # Each between two phases in which nothing fails.
  for mode in good refuse good error good open good; do
    step=$((step + 1))
    failover_phase "$step-$mode" "$mode" "$each"
    phases+=("$work/failover-$step-$mode.result")
  done
  end_and_count "$work/failover.ledger"
  curl -fsS "$simulator_url/_sink" >"$work/failover.sink"
  end_process "$simulator_pid"
  forget_data
  jq -s --argjson rate "$failover_rate" --slurpfile ledger "$work/failover.ledger" --slurpfile sink "$work/failover.sink" \
    --slurpfile warm <(cat "$work"/failover-warm-*.result) '
    . as $phases
    # Half a difference of the two phases without a failure is how well this can be told.
    | def added(i): ($phases[i - 1].p50_ms) as $a | ($phases[i + 1].p50_ms) as $b
      | {added_p50_ms: (($phases[i].p50_ms - ($a + $b) / 2) * 1000 | round / 1000),
         uncertain_by_ms: ((($a - $b) | fabs) / 2 * 1000 | round / 1000), p50_ms: $phases[i].p50_ms, p99_ms: $phases[i].p99_ms,
         without_p50_ms: [$a, $b], without_p99_ms: [$phases[i - 1].p99_ms, $phases[i + 1].p99_ms]};
    ($phases + $warm) as $all
    | ($all | map(select(.mode | test("-(refuse|error)$")) | .accepted) | add) as $meant
    | ($all | map(.accepted) | add) as $accepted
    | ([$ledger[0].states[("scheduled", "queued", "processing")] // 0] | add) as $waiting
    | {rate: $rate, refuse: added(1), error: added(3), open_breaker: added(5),
       failed_over_share: ($ledger[0].attempts_not_sent / $meant * 1000 | round / 1000),
       non_202: ($all | map(.unexpected) | add), broken: ($all | map(.broken) | add), unanswered: ($all | map(.unanswered) | add),
       drained: ($all | all(.drained)), waiting: $waiting, lost: ([$accepted - $ledger[0].notifications, 0] | max),
       not_delivered: ([$accepted - $sink[0].taken - $waiting, 0] | max),
       taken_more_than_stored: ([$sink[0].taken - $ledger[0].notifications, 0] | max),
       not_failed_over: ([$meant - $ledger[0].attempts_not_sent - $waiting, 0] | max),
       ledger: $ledger[0], phases: ($phases | map(del(.unexpected, .broken, .unanswered)))}' "${phases[@]}"
}

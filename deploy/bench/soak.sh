# Sourced by run. A long even load with faults: nothing may grow.
# shellcheck shell=bash

soak_rate=2000

# soak_sample SECONDS: one line of what the gateway holds, after a full collection.
soak_sample() {
  jq -nc --argjson at "$1" --argjson heap "$(live_heap "$gateway_pid")" --argjson rss "$(resident_kib "$gateway_pid")" \
    --argjson threads "$(ls "/proc/$gateway_pid/task" | wc -l)" --argjson files "$(ls "/proc/$gateway_pid/fd" | wc -l)" \
    --argjson metaspace "$("$JAVA_HOME/bin/jstat" -gc "$gateway_pid" | awk 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "MU") c = i } NR == 2 { print $c }')" \
    '{seconds: $at, live_heap_mib: ($heap / 1048576 * 100 | round / 100), resident_mib: ($rss / 1024 | round), threads: $threads,
      files: $files, metaspace_mib: ($metaspace / 1024 * 100 | round / 100)}'
}

soak() {
  local out=$work/soak every=$((soak_seconds / 30)) began=$SECONDS load_pid
  [ "$every" -ge 10 ] || every=10
  start_sink soak
  plugins_folder soak telegram
  # One of five fails, breakers open and close, and the rest goes to the other two.
  telegram_provider flaky "$simulator_url/flaky" 1
  telegram_provider good "$simulator_url" 2
  telegram_provider failing "$simulator_url/failing" 3
  start_on_sink soak --set scoring.exploration=0.1 --set breaker.recovery_timeout=5s
  simulate telegram '{"latency_ms":5}'
  timed_body
  progress "soak: $soak_seconds s at $soak_rate/s, a look every $every s"
  send_load $((soak_seconds + 120)) "$out" "rate=$soak_rate" warm_up=10 "seconds=$soak_seconds" &
  load_pid=$!
  pids+=("$load_pid")
  while kill -0 "$load_pid" 2>/dev/null && [ $((SECONDS - began)) -lt $((soak_seconds + 10)) ]; do
    sleep "$every"
    soak_sample $((SECONDS - began)) >>"$out.samples"
    progress "soak: $(tail -n 1 "$out.samples")"
  done
  wait "$load_pid" || die "the load of the soak failed."
  forget_process "$load_pid"
  await_taken telegram "$(jq '.answers_with_warm_up - .unexpected' "$out")"
  end_and_count "$out.ledger"
  curl -fsS "$simulator_url/_sink" >"$out.sink"
  end_process "$simulator_pid"
  forget_data
  jq -n --arg drained "$drained" --argjson rate "$soak_rate" --argjson seconds "$soak_seconds" --slurpfile samples "$out.samples" --slurpfile load "$out" \
    --slurpfile sink "$out.sink" --slurpfile ledger "$out.ledger" '
    def median: sort | .[length / 2 | floor];
    # The first third is for warming up: what the second holds is compared with the third.
    ($samples | length / 3 | floor) as $third
    | ($load[0].answers_with_warm_up - $load[0].unexpected) as $accepted
    | ([$ledger[0].states[("scheduled", "queued", "processing")] // 0] | add) as $waiting
    | def growth(f; pick): ($samples[$third:2 * $third] | map(f) | pick) as $a | ($samples[2 * $third:] | map(f) | pick) as $b
        | {before: $a, after: $b, percent: (if $a > 0 then ($b - $a) / $a * 1000 | round / 10 else null end)};
    {rate: $rate, seconds: $seconds, live_heap_mib: growth(.live_heap_mib; median), threads: growth(.threads; median),
     # Connections to the sink come and go by the hundred: what stays open is seen where they are fewest.
     files: growth(.files; min), metaspace_mib: growth(.metaspace_mib; median), resident_mib: growth(.resident_mib; median), failed_at_sink: $sink[0].failed,
     p50_ms: $load[0].p50_ms, p99_ms: $load[0].p99_ms, non_202: $load[0].unexpected,
     broken: $load[0].broken, unanswered: $load[0].unanswered, lost: ([$accepted - $ledger[0].notifications, 0] | max),
     drained: ($drained == "yes"), waiting: $waiting, not_delivered: ([$accepted - $sink[0].taken - $waiting, 0] | max),
     taken_more_than_stored: ([$sink[0].taken - $ledger[0].notifications, 0] | max), ledger: $ledger[0], samples: $samples}'
}

# Sourced by run. How fast a backlog goes that has waited behind a held provider; nothing comes in meanwhile.
# shellcheck shell=bash

# backlog_of COUNT OUT: so many notifications of intake, rounded up to whole batches, accepted by the gateway.
backlog_of() {
  batch_body
  generate 600 "$2" "url=$gateway_url" path=/api/v1/notifications/batch "body=$body" "tokens=$tokens" \
    "connections=$batch_connections" "count=$((($1 + batch_size - 1) / batch_size))"
  body_of telegram
}

# The sink counts a message when it comes, so what it holds before is part of what it counts afterwards.
drain() {
  local out=$work/drain round=0 held began took cpu sink_cpu filled loads=() results=()
  start_sink drain
  plugins_folder drain telegram
  telegram_provider telegram "$simulator_url" 1
  start_on_sink drain
  simulate telegram "{\"latency_ms\":$sink_ms}"
  body_of telegram
  progress "drain: warm-up $warm_up s"
  load "$gateway_url" "$warm_up" 1 "$out.warm"
  await_taken telegram "$(stored)"
  while [ "$round" -le "$rounds" ]; do
    simulate telegram '{"latency_ms":-1}'
    held=$(taken telegram)
    backlog_of "$drain_backlog" "$out.fill-$round"
    loads+=("$out.fill-$round")
    filled=$(jq .items_with_warm_up "$out.fill-$round")
    cpu=$(cpu_seconds "$gateway_pid")
    sink_cpu=$(cpu_seconds "$simulator_pid")
    cpu_by_thread "$gateway_pid" >"$out.threads0"
    began=$(date +%s.%N)
    simulate telegram "{\"latency_ms\":$sink_ms}"
    await_taken telegram $((held + filled)) 0.1
    took=$(seconds_since "$began")
    cpu_by_thread "$gateway_pid" >"$out.threads1"
    jq -n --argjson waiting "$filled" --argjson left "$((held + filled - $(taken telegram)))" --argjson took "$took" --arg drained "$drained" \
      --argjson cpu "$(awk -v a="$cpu" -v b="$(cpu_seconds "$gateway_pid")" 'BEGIN { print b - a }')" \
      --argjson sink "$(awk -v a="$sink_cpu" -v b="$(cpu_seconds "$simulator_pid")" 'BEGIN { print b - a }')" \
      --argjson threads "$(thread_difference "$out.threads0" "$out.threads1")" '
      ($waiting - $left) as $done
      | def each(f): if $done > 0 then f * 1e6 / $done * 10 | round / 10 else null end;
      {waiting: $waiting, drained: ($drained == "yes"), seconds: $took, per_second: ($done / $took | round),
         gateway_cpu_us_each: each($cpu), sink_cpu_us_each: each($sink),
         gateway_cpu_by_thread: $threads}' >"$out.result-$round"
    progress "drain $round/$rounds: $(jq -c . "$out.result-$round")"
    # The first one is warm-up: a drain compiles paths that nothing else uses.
    [ "$round" -eq 0 ] || results+=("$out.result-$round")
    round=$((round + 1))
  done
  await_taken telegram "$(stored)"
  end_and_count "$out.ledger"
  curl -fsS "$simulator_url/_sink" >"$out.sink"
  end_process "$simulator_pid"
  forget_data
  jq -n --argjson sink_ms "$sink_ms" --slurpfile rounds <(cat "${results[@]}") --slurpfile loads <(cat "${loads[@]}") \
    --slurpfile warm "$out.warm" --slurpfile ledger "$out.ledger" --slurpfile sink "$out.sink" '
    def median: map(values) | sort | if length == 0 then null elif length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
    ([$ledger[0].states[("scheduled", "queued", "processing")] // 0] | add) as $waiting
    | ($warm[0].answers - $warm[0].non_202 + ($loads | map(.items_with_warm_up) | add)) as $accepted
    | {sink_ms: $sink_ms, per_second: ($rounds | map(.per_second) | median), gateway_cpu_us_each: ($rounds | map(.gateway_cpu_us_each) | median),
       rounds: $rounds, drained: ($rounds | all(.drained)), waiting: $waiting,
       non_202: ($warm[0].non_202 + ($loads | map(.unexpected) | add)), broken: ($loads | map(.broken) | add), unanswered: ($loads | map(.unanswered) | add),
       lost: ([$accepted - $ledger[0].notifications, 0] | max), not_delivered: ([$accepted - $sink[0].taken - $waiting, 0] | max),
       taken_more_than_stored: ([$sink[0].taken - $ledger[0].notifications, 0] | max), ledger: $ledger[0]}'
}

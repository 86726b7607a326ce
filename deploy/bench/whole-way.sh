# Sourced by run. Accepted and delivered to a provider in another process: the sink, or a simulated one.
# shellcheck shell=bash

# How many messages the simulator took. Its count goes on past what it keeps.
taken() { curl -fsS "$simulator_url/_control/$1/received?limit=0" | jq .count; }
webhooks() { curl -fsS "$simulator_url/_control/$1/webhooks"; }
seconds_since() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f\n", b - a }'; }

# await_taken PLUGIN COUNT [SECONDS]: until the simulator took so many, looking each 0.2 s or each SECONDS; sets
# drained to yes, or to no at the limit.
await_taken() {
  local start
  start=$(date +%s)
  drained=yes
  while [ "$(taken "$1")" -lt "$2" ]; do
    if [ $(($(date +%s) - start)) -ge "$drain_limit" ]; then
      drained=no
      return 0
    fi
    sleep "${3:-0.2}"
  done
}

# Until no webhook is due any more, for two looks.
await_receipts() {
  local start now before=
  start=$(date +%s)
  while [ $(($(date +%s) - start)) -lt 60 ]; do
    now=$(webhooks "$1")
    if [ "$now" = "$before" ] && [ "$(jq .pending <<<"$now")" -eq 0 ]; then
      return 0
    fi
    before=$now
    sleep 1
  done
}

# Notifications that the gateway stored, as its own metrics count them.
stored() {
  curl -fsS -H "authorization: Bearer $token" "$gateway_url/metrics" |
    awk '/^signalbox_notifications_accepted_total/ { sum += $NF } END { printf "%d\n", sum }'
}

whole_way_run() {
  local plugin=$1 name=whole-way-$1 out=$work/whole-way-$1.json began intake_took drain_began drain_took before at_end cpu_simulator
  body_of "$2"
  # Receipts are the simulator's alone.
  if [ "$plugin" = telegram ] && [ "$sink" = lean ]; then
    start_sink "$plugin"
    plugins_folder "$plugin" telegram
    telegram_provider telegram "$simulator_url" 1
    start_on_sink "$name"
  else
    start_simulator "$plugin"
    provider_copy "$plugin" 256 10s
    start_gateway "$name" --set sandbox.enabled=true --set "sandbox.url=$simulator_url" --set "sandbox.providers_dir=$providers"
  fi
  simulate "$plugin" "{\"latency_ms\":$sink_ms}"
  progress "whole way by $plugin: warm-up $warm_up s, every answer checked"
  load "$gateway_url" "$warm_up" 1 "$out.warm"
  await_taken "$plugin" "$(stored)"
  before=$(taken "$plugin")
  progress "whole way by $plugin: intake at full speed for $seconds s"
  profile_begin
  began=$(date +%s.%N)
  cpu_simulator=$(cpu_seconds "$simulator_pid")
  measure_load "$gateway_url" "$seconds" "$out"
  at_end=$(taken "$plugin")
  intake_took=$(seconds_since "$began")
  drain_began=$(date +%s.%N)
  progress "whole way by $plugin: $(jq -c '{per_second, p50_ms, p99_ms, non_202}' "$out"); draining $(($(stored) - at_end))"
  await_taken "$plugin" "$(stored)"
  drain_took=$(seconds_since "$drain_began")
  cpu_simulator=$(awk -v a="$cpu_simulator" -v b="$(cpu_seconds "$simulator_pid")" 'BEGIN { printf "%.2f", b - a }')
  profile_end "$name"
  if [ "$plugin" = telegram ]; then
    printf 'null\n' >"$out.webhooks"
  else
    await_receipts "$plugin"
    webhooks "$plugin" >"$out.webhooks"
  fi
  end_process "$gateway_pid"
  ledger_json "$data" >"$out.ledger"
  [ -n "$keep" ] || rm -rf "$data"
  jq -n --arg plugin "$plugin" --arg sink "$([ "$plugin" = telegram ] && echo "$sink" || echo simulator)" --argjson sink_ms "$sink_ms" --arg drained "$drained" \
    --argjson before "$before" --argjson at_end "$at_end" --argjson taken "$(taken "$plugin")" \
    --argjson intake_took "$intake_took" --argjson drain_took "$drain_took" --argjson cpu_simulator "$cpu_simulator" \
    --slurpfile warm "$out.warm" --slurpfile load "$out.full" --slurpfile ledger "$out.ledger" --slurpfile webhooks "$out.webhooks" '
    ([$warm[0], $load[0]] | map(.answers - .non_202) | add) as $accepted
    | $ledger[0].states as $states
    | (["sent", "delivered", "failed", "expired", "cancelled", "dead_letter", "held"] | map($states[.] // 0) | add) as $ended
    | (["scheduled", "queued", "processing"] | map($states[.] // 0) | add) as $waiting
    | {plugin: $plugin, sink: $sink, sink_ms: $sink_ms, accepted_per_second: $load[0].per_second,
       p50_ms: $load[0].p50_ms, p99_ms: $load[0].p99_ms, non_202: ($load[0].non_202 + $warm[0].non_202),
       delivered_per_second_during_intake: (($at_end - $before) / $intake_took | round),
       backlog_at_end_of_intake: ($taken - $at_end), drained: ($drained == "yes"), drain_seconds: $drain_took,
       drained_per_second: (if $taken > $at_end then ($taken - $at_end) / $drain_took | round else null end),
       delivered_per_second_whole_way: (($taken - $before) / ($intake_took + $drain_took) | round),
       accepted_with_warm_up: $accepted, taken_by_sink: $taken, ended: $ended, waiting: $waiting,
       lost: ([$accepted - $ended - $waiting, 0] | max), taken_more_than_stored: ([$taken - $ledger[0].notifications, 0] | max),
       sink_cpu_seconds: $cpu_simulator, ledger: $ledger[0], webhooks: $webhooks[0], load: $load[0]}' >"$out.result"
  end_process "$simulator_pid"
  progress "whole way by $plugin: $(jq -c '{accepted_per_second, delivered_per_second_during_intake, drained_per_second, lost}' "$out.result")"
}

whole_way() {
  case $channel in telegram | both) whole_way_run telegram telegram ;; esac
  case $channel in email | both) whole_way_run sendgrid email ;; esac
  jq -n --slurpfile runs <(cat "$work"/whole-way-*.result) '$runs | map({(.plugin): .}) | add'
}

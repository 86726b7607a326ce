# Sourced by run. Intake beside its ceiling, in turns: ceiling, gateway, ceiling, gateway, ...
# shellcheck shell=bash

# Every 202 must be a row of the ledger. Answers that wrk no longer read at its end may be rows more.
intake_round() {
  local name=intake-$1 options=()
  if [ "$lane" = full ]; then
    # One provider with one permit, taken for good: the lane fills and nothing is delivered.
    options=(--set sandbox.enabled=true --set "sandbox.url=$simulator_url" --set "sandbox.providers_dir=$providers")
  fi
  start_gateway "$name" "${options[@]}"
  progress "intake $1/$rounds: gateway, warm-up $warm_up s, every answer checked"
  load "$gateway_url" "$warm_up" 1 "$work/$name.warm"
  progress "intake $1/$rounds: gateway, measuring $seconds s"
  profile_begin
  measure_load "$gateway_url" "$seconds" "$work/$name.json"
  profile_end "$name"
  end_process "$gateway_pid"
  ledger_json "$data" >"$work/$name.ledger"
  [ -n "$keep" ] || rm -rf "$data"
  jq -n --slurpfile warm "$work/$name.warm" --slurpfile load "$work/$name.json.full" --slurpfile ledger "$work/$name.ledger" '
    ([$warm[0], $load[0]] | map(.answers - .non_202) | add) as $accepted
    | $load[0] + {warm_up: ($warm[0] | {answers, non_202}), accepted_with_warm_up: $accepted, ledger: $ledger[0],
        lost: ([$accepted - $ledger[0].notifications, 0] | max)}' >"$work/$name.result"
  progress "intake $1/$rounds: gateway $(jq -c '{per_second, p50_ms, p99_ms, non_202, lost}' "$work/$name.result")"
}

ceiling_round() {
  progress "intake $1/$rounds: ceiling, measuring $seconds s"
  load "$ceiling_url" 2 1 "$work/ceiling-$1.warm"
  load "$ceiling_url" "$seconds" 0 "$work/ceiling-$1.json"
  progress "intake $1/$rounds: ceiling $(jq -c '{per_second, p50_ms, p99_ms, non_202}' "$work/ceiling-$1.json")"
}

intake() {
  local round ceiling_pid
  body_of telegram
  token=none
  # shellcheck disable=SC2086 # the options are split on purpose
  start_ready ceiling 'Ceiling ready' "$JAVA_HOME/bin/java" $java_opts -cp "$work/classes:$dist/lib/*" CeilingServer
  ceiling_pid=$started_pid
  ceiling_url=$started_url
  progress "intake: ceiling, warm-up $warm_up s"
  load "$ceiling_url" "$warm_up" 1 "$work/ceiling.warm"
  if [ "$lane" = full ]; then
    start_simulator intake
    simulate telegram '{"mode":"hang"}'
    provider_copy telegram 1 2m
  fi
  for ((round = 1; round <= rounds; round++)); do
    ceiling_round "$round"
    intake_round "$round"
  done
  end_process "$ceiling_pid"
  [ "$lane" != full ] || end_process "$simulator_pid"
  jq -n --arg lane "$lane" --argjson connections "$connections" --argjson body_bytes "$(wc -c <"$body")" \
    --slurpfile gateway <(cat "$work"/intake-*.result) --slurpfile ceiling <(cat "$work"/ceiling-*.json) \
    --slurpfile ceiling_warm <(cat "$work"/ceiling.warm "$work"/ceiling-*.warm) '
    def median(f): map(f) | sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
    {lane: $lane, connections: $connections, body_bytes: $body_bytes,
     per_second: ($gateway | median(.per_second)), p50_ms: ($gateway | median(.p50_ms)), p99_ms: ($gateway | median(.p99_ms)),
     ceiling_per_second: ($ceiling | median(.per_second)), ceiling_p50_ms: ($ceiling | median(.p50_ms)),
     ceiling_p99_ms: ($ceiling | median(.p99_ms)),
     ratio_to_ceiling: (($gateway | median(.per_second)) / ($ceiling | median(.per_second)) * 1000 | round / 1000),
     non_202: ($gateway | map(.non_202 + .warm_up.non_202) | add), ceiling_non_202: ($ceiling + $ceiling_warm | map(.non_202) | add),
     lost: ($gateway | map(.lost) | add), gateway_rounds: $gateway, ceiling_rounds: $ceiling}'
}

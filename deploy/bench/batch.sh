# Sourced by run. Notifications in batches, durable before each answer; nothing is delivered meanwhile.
# shellcheck shell=bash

batch_size=500
# So many of them under way at a time stay within ledger.max_waiting_changes.
batch_connections=8

# batch_body: an array of the notification of intake; sets body to its file.
batch_body() {
  body_of telegram
  jq -nc --argjson n "$batch_size" --slurpfile one "$body" '[range($n) | $one[0]]' >"$work/body-batch.json"
  body=$work/body-batch.json
}

# held_gateway NAME OPTIONS...: its only provider has one permit, which the first notification takes for good.
held_gateway() {
  local name=$1
  shift
  start_sink "$name"
  simulate telegram '{"latency_ms":-1}'
  plugins_folder "$name" telegram
  telegram_provider telegram "$simulator_url" 1 1
  start_on_sink "$name" "$@"
}

batch() {
  local out=$work/batch.load
  held_gateway batch
  batch_body
  progress "batches of $batch_size: warm-up $warm_up s, then $seconds s"
  generate $((warm_up + seconds + 60)) "$out" "url=$gateway_url" path=/api/v1/notifications/batch "body=$body" "tokens=$tokens" \
    "connections=$batch_connections" "warm_up=$warm_up" "seconds=$seconds"
  end_and_count "$out.ledger"
  end_process "$simulator_pid"
  forget_data
  jq -n --slurpfile load "$out" --slurpfile ledger "$out.ledger" --argjson size "$batch_size" --argjson bytes "$(wc -c <"$body")" '
    $load[0] as $load
    | {batch_size: $size, body_bytes: $bytes, connections: $load.connections, per_second: ($load.items_per_second | round),
       batches_per_second: $load.per_second, p50_ms: $load.p50_ms, p99_ms: $load.p99_ms, non_202: $load.unexpected,
       broken: $load.broken, unanswered: $load.unanswered,
       accepted_with_warm_up: $load.items_with_warm_up, ledger: $ledger[0],
       lost: ([$load.items_with_warm_up - $ledger[0].notifications, 0] | max)}'
}

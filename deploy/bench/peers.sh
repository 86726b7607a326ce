# Sourced by run. The same work by what a user of Node would pick: Fastify and BullMQ on a Redis that syncs to
# disk before it answers (appendfsync always). Pinned in peers/package-lock.json.
# shellcheck shell=bash

need_redis() {
  command -v redis-server >/dev/null || {
    say "No Redis found."
    install_one_of redis-server
    end_services redis-server
  }
}

start_peer() {
  local program=$root/deploy/target/bench/peers redis_pid
  need_node >&2
  need_redis >&2
  mkdir -p "$program"
  cp "$here"/peers/* "$program/"
  if [ ! -f "$program/node_modules/.package-lock.json" ] || [ "$here/peers/package-lock.json" -nt "$program/node_modules/.package-lock.json" ]; then
    progress "peer: installing what is pinned"
    (cd "$program" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2)
  fi
  mkdir -p "$work/redis"
  redis-server --port 0 --unixsocket "$work/redis/socket" --dir "$work/redis" --save '' --appendonly yes --appendfsync always \
    --maxmemory-policy noeviction --daemonize no >"$work/redis.out" 2>&1 </dev/null &
  redis_pid=$!
  pids+=("$redis_pid")
  until redis-cli -s "$work/redis/socket" ping >/dev/null 2>&1; do
    kill -0 "$redis_pid" 2>/dev/null || die "Redis did not start: $(cat "$work/redis.out")"
    sleep 0.1
  done
  token=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
  start_ready peer-worker 'Worker ready' node "$program/server.mjs" worker "$work/redis/socket" "$simulator_url"
  peer_pids=("$started_pid" "$redis_pid")
  start_ready peer-api 'Peer ready' node "$program/server.mjs" api "$work/redis/socket" "$token"
  peer_pids=("$started_pid" "${peer_pids[@]}")
  peer_url=$started_url
}

peer_run() {
  local out=$work/peer before at_end began intake_took drain_began drain_took accepted pid
  body_of telegram
  start_sink peer
  simulate telegram "{\"latency_ms\":$sink_ms}"
  start_peer
  progress "peer: warm-up $warm_up s, every answer checked"
  load "$peer_url" "$warm_up" 1 "$out.warm"
  await_taken telegram "$(jq '.answers - .non_202' "$out.warm")"
  before=$(taken telegram)
  progress "peer: intake at full speed for $seconds s"
  began=$(date +%s.%N)
  load "$peer_url" "$seconds" 0 "$out"
  at_end=$(taken telegram)
  intake_took=$(seconds_since "$began")
  accepted=$(jq -s 'map(.answers - .non_202) | add' "$out.warm" "$out")
  drain_began=$(date +%s.%N)
  await_taken telegram "$accepted"
  drain_took=$(seconds_since "$drain_began")
  jq -n --arg drained "$drained" --argjson before "$before" --argjson at_end "$at_end" --argjson taken "$(taken telegram)" --argjson accepted "$accepted" \
    --argjson intake_took "$intake_took" --argjson drain_took "$drain_took" --slurpfile warm "$out.warm" --slurpfile load "$out" '
    {peer: "Fastify 5 and BullMQ 6 on Redis, appendfsync always; one process accepts, one delivers, 256 at a time",
     accepted_per_second: $load[0].per_second, p50_ms: $load[0].p50_ms, p99_ms: $load[0].p99_ms, non_202: ($load[0].non_202 + $warm[0].non_202),
     delivered_per_second_during_intake: (($at_end - $before) / $intake_took | round),
     delivered_per_second_whole_way: (($taken - $before) / ($intake_took + $drain_took) | round),
     accepted_with_warm_up: $accepted, drained: ($drained == "yes"), not_delivered: ([$accepted - $taken, 0] | max)}' >"$out.result"
  for pid in "${peer_pids[@]}"; do
    end_process "$pid"
  done
  end_process "$simulator_pid"
  progress "peer: $(jq -c '{accepted_per_second, delivered_per_second_whole_way}' "$out.result")"
}

peers() {
  peer_run
  # The gateway's own way in the same run, of the same load and sink.
  [ -s "$work/whole-way-telegram.json.result" ] || whole_way_run telegram telegram
  jq -n --slurpfile peer "$work/peer.result" --slurpfile ours "$work/whole-way-telegram.json.result" '
    def times: . * 10 | round / 10;
    $peer[0] as $peer | $ours[0] as $ours
    | $peer + {signalbox: ($ours | {accepted_per_second, p50_ms, p99_ms, delivered_per_second_during_intake, delivered_per_second_whole_way,
          non_202, drained, lost, taken_more_than_stored}),
        accepted_to_peer: ($ours.accepted_per_second / $peer.accepted_per_second | times),
        delivered_to_peer: ($ours.delivered_per_second_whole_way / $peer.delivered_per_second_whole_way | times)}'
}

# Sourced by run. How soon a gateway is ready, what it takes when idle and with a backlog.
# shellcheck shell=bash

# ready_ms NAME OPTS: starts a gateway with these JVM options and sets ready to the milliseconds until it says
# so; it goes on running as gateway_pid.
ready_ms() {
  local began line tries=0 until_second=$((SECONDS + 120)) left=120
  data=$work/data-$1
  mkdir -p "$data"
  rm -f "$work/ready"
  mkfifo "$work/ready"
  began=$(date +%s%N)
  SIGNALBOX_JAVA_OPTS=$2 "$dist/bin/signalbox" serve --set http.port=0 --set "data.dir=$data" --set log.level=warn \
    --set "plugins.dir=$plugins" --set plugins.literal_secrets=true "${settings[@]}" >"$work/ready" 2>"$work/$1.err" </dev/null &
  gateway_pid=$!
  pids+=("$gateway_pid")
  exec 5<"$work/ready"
  until IFS= read -r -t "$left" line <&5 && [[ $line == 'Signalbox ready on '* ]]; do
    tries=$((tries + 1))
    left=$((until_second - SECONDS))
    [ $tries -lt 1000 ] && [ $left -gt 0 ] && kill -0 "$gateway_pid" 2>/dev/null || die "the gateway did not start: $(cat "$work/$1.err")"
  done
  ready=$((($(date +%s%N) - began) / 1000000))
  gateway_url=$(sed -n 's|^Signalbox ready on \(http://[^ ]*\).*|\1|p' <<<"$line")
}

# starts NAME COUNT OPTS: prints the median and the range of so many starts on the same data, as JSON.
starts() {
  local i times=()
  for ((i = 0; i < $2; i++)); do
    ready_ms "$1" "$3"
    times+=("$ready")
    end_process "$gateway_pid"
    exec 5<&-
  done
  jq -nc '$ARGS.positional | map(tonumber) | sort | {starts: length, median_ms: .[length / 2 | floor], least_ms: first, most_ms: last}' --args "${times[@]}" >"$work/starts-$1"
}

# idle NAME OPTS: what a gateway takes that was started just now and has nothing to do, as JSON.
idle() {
  ready_ms "$1" "$2"
  sleep "$idle_seconds"
  jq -nc --argjson rss "$(resident_kib "$gateway_pid")" --argjson threads "$(ls "/proc/$gateway_pid/task" | wc -l)" \
    '{resident_mib: ($rss / 1024 * 10 | round / 10), threads: $threads}' >"$work/idle-$1"
  end_process "$gateway_pid"
  exec 5<&-
}

# Whether there is a class archive of this JVM that is newer than what it holds.
archive_fits() {
  local version archive
  version=$(sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$JAVA_HOME/release")
  archive=$dist/cache/signalbox-$version.jsa
  [ -s "$archive" ] && [ -z "$(find "$dist/lib" "$dist/bin" -newer "$archive" -type f -print -quit)" ]
}

start() {
  local count=7
  [ -z "$quick" ] || count=3
  start_sink start
  plugins_folder start telegram
  telegram_provider telegram "$simulator_url" 1
  if ! archive_fits; then
    progress "recording the class archive"
    "$dist/bin/record-classes" >&2
  fi
  progress "starts: $count with the class archive, $count without"
  starts archive "$count" "$java_opts"
  SIGNALBOX_CDS=off starts plain "$count" "$java_opts"
  progress "idle for $idle_seconds s"
  idle archive "$java_opts"
  idle default ""
  end_process "$simulator_pid"
  jq -n --slurpfile archive "$work/starts-archive" --slurpfile plain "$work/starts-plain" \
    --slurpfile idle "$work/idle-archive" --slurpfile default "$work/idle-default" --arg opts "$java_opts" --argjson seconds "$idle_seconds" '
    {ready: $archive[0], ready_without_archive: $plain[0], idle_after_seconds: $seconds, idle: ($idle[0] + {java_opts: $opts}), idle_with_default_options: $default[0]}'
}

# So many waiting notifications in the heap of java_opts; then it must still answer, and start again.
memory() {
  local out=$work/memory count=$backlog began restart_ms empty full
  # Rounded up to whole batches.
  local batches=$(((count + batch_size - 1) / batch_size))
  held_gateway memory
  body_of telegram
  send_load 60 "$out.one" count=2000 connections=8
  empty=$(live_heap "$gateway_pid")
  batch_body
  progress "memory: $count waiting notifications under $java_opts"
  began=$(date +%s.%N)
  generate 600 "$out" "url=$gateway_url" path=/api/v1/notifications/batch "body=$body" "tokens=$tokens" \
    "connections=$batch_connections" "count=$batches"
  local took
  took=$(seconds_since "$began")
  full=$(live_heap "$gateway_pid")
  local resident
  resident=$(resident_kib "$gateway_pid")
  body_of telegram
  send_load 60 "$out.after" count=2000 connections=8
  end_process "$gateway_pid"
  began=$(date +%s%N)
  start_on_sink memory
  restart_ms=$((($(date +%s%N) - began) / 1000000))
  local again
  again=$(live_heap "$gateway_pid")
  end_and_count "$out.ledger"
  end_process "$simulator_pid"
  forget_data
  jq -n --arg opts "$java_opts" --argjson took "$took" --argjson empty "$empty" --argjson full "$full" --argjson again "$again" \
    --argjson resident "$resident" --argjson restart "$restart_ms" --slurpfile load "$out" --slurpfile one "$out.one" \
    --slurpfile after "$out.after" --slurpfile ledger "$out.ledger" '
    def mib: . / 1048576 * 10 | round / 10;
    [$load[0], $one[0], $after[0]] as $loads
    | ($load[0].items_with_warm_up + $one[0].answers_with_warm_up + $after[0].answers_with_warm_up - $one[0].unexpected - $after[0].unexpected) as $accepted
    | {java_opts: $opts, waiting: $load[0].items_with_warm_up, accepted_in_seconds: $took, live_heap_before_mib: ($empty | mib),
       live_heap_with_backlog_mib: ($full | mib), live_heap_after_restart_mib: ($again | mib), resident_mib: ($resident / 1024 * 10 | round / 10),
       answers_after: ($after[0] | {p50_ms, p99_ms}), restart_and_token_ms: $restart,
       non_202: ($loads | map(.unexpected) | add), broken: ($loads | map(.broken) | add), unanswered: ($loads | map(.unanswered) | add),
       lost: ([$accepted - $ledger[0].notifications, 0] | max), ledger: $ledger[0]}'
}

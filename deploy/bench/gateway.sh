# Sourced by run: gateways, their providers, the sink and the load generator.
# shellcheck shell=bash

# The small programs of this folder, compiled once.
compile_tools() {
  mkdir -p "$work/classes"
  "$JAVA_HOME/bin/javac" -nowarn -proc:none -cp "$dist/lib/*" -d "$work/classes" "$here"/*.java >"$work/javac.out" 2>&1 || {
    cat "$work/javac.out" >&2
    die "the small programs of deploy/bench do not compile."
  }
}
tool() { "$JAVA_HOME/bin/java" -Xmx512m -cp "$work/classes:$dist/lib/*" "$@"; }

start_simulator() {
  start_ready "simulator-$1" 'Simulator ready' env SIGNALBOX_JAVA_OPTS="$java_opts" \
    "$dist/bin/signalbox" simulate --serve --port 0
  simulator_pid=$started_pid
  simulator_url=$started_url
}

# Takes what is sent and counts it, as the simulator does, at a fraction of its cost.
start_sink() {
  start_ready "sink-$1" 'Sink ready' "$JAVA_HOME/bin/java" -Xmx256m -cp "$work/classes:$dist/lib/*" Sink
  simulator_pid=$started_pid
  simulator_url=$started_url
}

# simulate PLUGIN JSON: changes a simulated provider's settings, or those of the sink.
simulate() {
  curl -fsS -o "$work/control.out" -H 'content-type: application/json' -d "$2" "$simulator_url/_control/$1"
}

# provider_copy PLUGIN MAX_CONCURRENT TIMEOUT: a folder with that one provider of the sandbox.
provider_copy() {
  providers=$work/providers-$1-$2
  mkdir -p "$providers"
  sed "s/^timeout:.*/timeout: $3/" "$dist/conf/sandbox/$1.yaml" >"$providers/$1.yaml"
  printf 'max_concurrent: %s\n' "$2" >>"$providers/$1.yaml"
}

# plugins_folder NAME PLUGIN...: a folder with these plugins and no provider; sets plugins.
plugins_folder() {
  local plugin
  plugins=$work/plugins-$1
  shift
  rm -rf "$plugins"
  mkdir -p "$plugins"
  for plugin in "$@"; do
    cp "$dist/plugins/$plugin.jar" "$plugins/"
  done
}

# telegram_provider ID URL PRIORITY [MAX_CONCURRENT]: a provider in that folder.
telegram_provider() {
  cat >"$plugins/$1.yaml" <<YAML
plugin: telegram
priority: $3
channels: [telegram]
timeout: 5m
max_concurrent: ${4:-256}
config:
  bot_token: "1:bench"
  base_url: "$2"
YAML
}

# start_gateway NAME OPTIONS...: a gateway with a data directory of that name, new if there is none;
# sets gateway_pid, gateway_url, data, token and tokens (a file with it).
start_gateway() {
  local name=$1
  shift
  data=$work/data-$name
  mkdir -p "$data"
  start_ready "$name" 'Signalbox ready' env SIGNALBOX_JAVA_OPTS="$java_opts" "$dist/bin/signalbox" serve \
    --set http.port=0 --set "data.dir=$data" --set intake.backlog_limit=1000000000 --set log.level=warn --set http.drain_timeout=1s \
    "$@" "${settings[@]}"
  gateway_pid=$started_pid
  gateway_url=$started_url
  token=$("$dist/bin/signalbox" token --role admin --set "data.dir=$data")
  tokens=$work/tokens-$name
  printf '%s\n' "$token" >"$tokens"
}

# start_on_sink NAME OPTIONS...: the same with the providers in the folder of plugins.
start_on_sink() {
  local name=$1
  shift
  start_gateway "$name" --set "plugins.dir=$plugins" --set plugins.literal_secrets=true "$@"
}

# Ends the gateway and writes what its ledger holds to the file OUT.
end_and_count() {
  end_process "$gateway_pid"
  ledger_json "$data" >"$1"
}

forget_data() { [ -n "$keep" ] || rm -rf "$data"; }

api() {
  local method=$1 path=$2
  shift 2
  curl -fsS -X "$method" -H "authorization: Bearer $token" -H 'content-type: application/json' "$gateway_url$path" "$@"
}

# generate LIMIT OUT KEY=VALUE...: the load generator, for so many seconds at most; its figures go to the file OUT.
# Ended, also in the background, it ends what it has started.
generate() {
  local limit=$1 out=$2 child=
  shift 2
  # The list of processes of a shell in the background is not that of run.
  [ "$BASHPID" = "$$" ] || trap '[ -z "${child:-}" ] || { kill "$child" && wait "$child"; } 2>/dev/null; exit 143' TERM
  timeout "$limit" "$JAVA_HOME/bin/java" -Xmx1g -cp "$work/classes:$dist/lib/*" Load "out=$out" "$@" 2>"$out.err" &
  child=$!
  pids+=("$child")
  wait "$child" || {
    cat "$out.err" >&2
    die "the load generator failed."
  }
  forget_process "$child"
  [ "$(jq .broken "$out")" -eq 0 ] && [ "$(jq .unanswered "$out")" -eq 0 ] && [ "$(jq .unexpected "$out")" -eq 0 ] ||
    progress "not every answer was as expected: $(jq -c '{unexpected, first_unexpected, broken, unanswered}' "$out") $(head -c 400 "$out.err")"
}

# send_load LIMIT OUT KEY=VALUE...: single notifications to the gateway.
send_load() {
  local limit=$1 out=$2
  shift 2
  generate "$limit" "$out" "url=$gateway_url" path=/api/v1/notifications/send "body=$body" "tokens=$tokens" "$@"
}

profile_begin() {
  [ -z "$profile" ] || "$JAVA_HOME/bin/jcmd" "$gateway_pid" JFR.start name=bench settings=profile >/dev/null
}
profile_end() {
  [ -z "$profile" ] || {
    "$JAVA_HOME/bin/jcmd" "$gateway_pid" JFR.stop name=bench "filename=$root/deploy/target/bench/$1.jfr" >/dev/null
    progress "profile: deploy/target/bench/$1.jfr (deploy/bench/profile prints it)"
  }
}

# measure_load URL SECONDS OUT: one measured load; adds the gateway's CPU time to wrk's figures.
measure_load() {
  local before
  before=$(cpu_seconds "$gateway_pid")
  cpu_by_thread "$gateway_pid" >"$3.threads0"
  load "$1" "$2" 0 "$3"
  cpu_by_thread "$gateway_pid" >"$3.threads1"
  jq -c --argjson before "$before" --argjson after "$(cpu_seconds "$gateway_pid")" \
    --argjson threads "$(thread_difference "$3.threads0" "$3.threads1")" '
    ($after - $before) as $cpu
    | . + {gateway_cpu_seconds: ($cpu * 100 | round / 100), gateway_cpu_us_per_answer: ($cpu * 1e6 / .answers * 10 | round / 10),
           gateway_cpu_by_thread: $threads}' "$3" >"$3.full"
}

# Bytes that live objects take, after a full collection.
live_heap() { "$JAVA_HOME/bin/jcmd" "$1" GC.class_histogram | awk '/^Total/ { print $3 }'; }
resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }

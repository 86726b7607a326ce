# Sourced by run: starting, ending and measuring processes.
# shellcheck shell=bash

progress() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }

pids=()

# forget_process PID: it has ended, and its number may be another's from now on.
forget_process() {
  local i
  for i in "${!pids[@]}"; do
    [ "${pids[i]}" != "$1" ] || unset "pids[i]"
  done
}

# Ends one process that was started here: asks, waits up to 30 s, then insists.
end_process() {
  local pid=$1 tries=0
  forget_process "$pid"
  kill "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null; do
    if [ $tries -ge 300 ]; then
      progress "process $pid does not end; it is killed"
      kill -9 "$pid" 2>/dev/null || true
      break
    fi
    tries=$((tries + 1))
    sleep 0.1
  done
  wait "$pid" 2>/dev/null || true
}

end_all() {
  local pid
  for pid in "${pids[@]}"; do
    end_process "$pid"
  done
}

# start_ready NAME TEXT COMMAND...: starts a process and waits until its output says "TEXT on URL".
# Sets started_pid and started_url.
start_ready() {
  local name=$1 text=$2 out=$work/$1.out tries=0
  shift 2
  : >"$out"
  "$@" >"$out" 2>"$work/$name.err" </dev/null &
  started_pid=$!
  pids+=("$started_pid")
  until started_url=$(sed -n "s|^$text on \(http://[^ ]*\).*|\1|p" "$out" | head -n 1) && [ -n "$started_url" ]; do
    if [ $tries -ge 600 ] || ! kill -0 "$started_pid" 2>/dev/null; then
      tail -n 20 "$out" "$work/$name.err" >&2
      die "$name did not start."
    fi
    tries=$((tries + 1))
    sleep 0.1
  done
}

# CPU seconds, user and system, that a process has used.
cpu_seconds() {
  awk -v tick="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); printf "%.2f\n", ($12 + $13) / tick }' "/proc/$1/stat"
}

# The same by thread name, as "name seconds" lines. The kernel keeps 15 characters of a name.
cpu_by_thread() {
  local task
  for task in /proc/"$1"/task/*; do
    cat "$task/stat" 2>/dev/null || true
  done | awk -v tick="$(getconf CLK_TCK)" '
    { name = $0; sub(/^[0-9]+ \(/, "", name); sub(/\) [A-Z] .*$/, "", name); gsub(/[ "\\]/, "_", name)
      sub(/#?[0-9]+$/, "", name); sub(/^.*\) /, ""); sum[name] += ($12 + $13) / tick }
    END { for (n in sum) printf "%s %.2f\n", n, sum[n] }'
}

# Prints as JSON what each thread used between two outputs of cpu_by_thread, if it is worth a line.
thread_difference() {
  awk 'NR == FNR { before[$1] = $2; next } { d = $2 - before[$1]; if (d >= 0.05) printf "%s %.2f\n", $1, d }' "$1" "$2" |
    sort -k2 -nr | jq -Rn '[inputs | split(" ") | {(.[0]): (.[1] | tonumber)}] | add // {}'
}

# Share of the machine's CPU time that is in use during two seconds, 0 to 1.
busy_share() {
  { head -n 1 /proc/stat; sleep 2; head -n 1 /proc/stat; } |
    awk '{ idle = $5 + $6; all = 0; for (i = 2; i <= 9; i++) all += $i
           if (NR == 1) { i0 = idle; a0 = all } else printf "%.2f\n", 1 - (idle - i0) / (all - a0) }'
}

machine_json() {
  jq -n \
    --argjson cores "$(nproc)" \
    --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
    --argjson memory_mib "$(awk '/^MemTotal/ { printf "%d", $2 / 1024 }' /proc/meminfo)" \
    --arg kernel "$(uname -sr)" \
    --arg jdk "$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 3p)" \
    --arg disk "$(df --output=fstype "$work" | tail -n 1)" \
    --arg wrk "$({ wrk -v 2>&1 || true; } | sed -n '1s/ Copyright.*//p')" \
    --argjson busy_before "$(busy_share)" \
    --arg load_before "$(cut -d ' ' -f 1-3 /proc/loadavg)" \
    '{cores: $cores, cpu: $cpu, memory_mib: $memory_mib, kernel: $kernel, jdk: $jdk, disk: $disk, wrk: $wrk,
      busy_before: $busy_before, load_before: $load_before}'
}

# body_of CHANNEL: writes the notification that is posted; sets body to its file.
body_of() {
  local text='Your order 4711-0815 has left our warehouse and will be with you on Thursday between 9 and 12. Track it in your account.'
  case $1 in
    telegram) to='"recipient_telegram_id":123456789' ;;
    email) to='"recipient_email":"alex@example.com"' ;;
  esac
  body=$work/body-$1.json
  printf '{"notification_type":"status_changed","channel":"%s",%s,"title":"Order on its way","message":"%s","priority":2,"tags":["order","shipping"]}' \
    "$1" "$to" "$text" >"$body"
}

# load URL SECONDS CHECK OUT: wrk for so long; its figures go to the file OUT. Its process ends with it.
load() {
  local limit=$(($2 + 30))
  BENCH_BODY=$body BENCH_TOKEN=$token BENCH_CHECK=$3 BENCH_OUT=$4 \
    timeout "$limit" wrk -t1 -c"$connections" -d"${2}s" --timeout 10s --latency -s "$here/send.lua" \
    "$1/api/v1/notifications/send" >"$4.txt" 2>&1 || {
    cat "$4.txt" >&2
    die "wrk failed."
  }
  [ -s "$4" ] || die "wrk wrote no figures: $(cat "$4.txt")"
  [ "$(jq .answers "$4")" -gt 0 ] || die "$1 answered nothing; what it said is in $work (run with --keep)."
}

# What a stopped gateway's ledger holds.
ledger_json() {
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$work/classes:$dist/lib/*" LedgerCount "$1/ledger.db"
}

#!/usr/bin/env bash
# How long a command takes, as whoever types it sees it: deploy/bench/start.sh [RUNS]
#
# Starts a gateway with the sandbox, then runs each command so many times (20), with and without class
# archives, and prints median and range of the wall time in seconds, and the median of the CPU time.
# On a busy machine only the CPU time says much; "load" is printed for that.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

runs=${1:-20}
signalbox=deploy/target/signalbox/bin/signalbox
scratch=$(mktemp -d)
gateway=
# Only what this script has started is ended.
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true; rm -rf "$scratch"' EXIT

export SIGNALBOX_HTTP_PORT=0 SIGNALBOX_SANDBOX_PORT=0 SIGNALBOX_DATA_DIR=$scratch/data
export XDG_CACHE_HOME=$scratch/caches
$signalbox serve --sandbox >"$scratch/out" 2>&1 </dev/null &
gateway=$!
until grep -q 'Signalbox ready' "$scratch/out"; do
  kill -0 $gateway 2>/dev/null || { cat "$scratch/out" >&2; exit 1; }
  sleep 0.2
done
SIGNALBOX_URL=$(sed -n 's/^Signalbox ready on \([^ ]*\) .*/\1/p' "$scratch/out")
export SIGNALBOX_URL

measure() {
  local name=$1
  shift
  : >"$scratch/times"
  TIMEFORMAT='%R %U %S'
  for _ in $(seq "$runs"); do
    { time "$signalbox" "$@" >/dev/null 2>"$scratch/err"; } 2>>"$scratch/times" || true
  done
  local middle=$(((runs + 1) / 2)) wall cpu
  wall=$(cut -d' ' -f1 "$scratch/times" | sort -n | sed -n "1p;${middle}p;\$p" | tr '\n' ' ')
  cpu=$(awk '{print $2 + $3}' "$scratch/times" | sort -n | sed -n "${middle}p")
  echo "$name $wall $cpu" | awk '{n = NF; printf "median %s  least %s  most %s  cpu %s ", $(n-2), $(n-3), $(n-1), $n
    for (i = 1; i < n - 3; i++) printf " %s", $i; print ""}'
}

echo "load $(cut -d' ' -f1-3 /proc/loadavg), $runs runs each, seconds"
for archive in with without; do
  [ $archive = with ] || export SIGNALBOX_CDS=off
  measure "--help, $archive archive" --help
  measure "status, $archive archive" status
  measure "status --token, $archive archive" status --token "$($signalbox token --role viewer)"
  measure "monitor-health --check, $archive" monitor-health --check
done

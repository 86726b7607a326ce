# Sourced by run. Whether speed stays as it is while something grows: backlog, providers, tenants, history.
# shellcheck shell=bash

# with_history COUNT: gives the data directory of the next gateway a past; its providers are at the sink.
with_history() {
  local name=$1 count=$2
  simulate telegram '{"latency_ms":0}'
  start_on_sink "$name"
  send_load 60 "$work/growth-seed" count=20000 connections=16
  await_taken telegram 20000
  end_process "$gateway_pid"
  progress "growth: $count notifications of history"
  tool HistoryFill "$data/ledger.db" "$count" >"$work/growth-history"
}

# growth_point NAME PROVIDERS TENANTS BACKLOG HISTORY: accepted a second while nothing is delivered, then
# delivered a second while nothing comes in.
growth_point() {
  local name=growth-$1 out=$work/growth-$1 past=0 filled=0 i before after cpu began took loads=("$work/growth-$1")
  start_sink "$name"
  plugins_folder "$name" telegram
  for ((i = 1; i <= $2; i++)); do
    # No more than its connections, since those that wait for one give up while the sink holds them.
    telegram_provider "telegram-$i" "$simulator_url" 1 64
    printf 'adaptive_concurrency: false\n' >>"$plugins/telegram-$i.yaml"
  done
  body_of telegram
  if [ "$5" -gt 0 ]; then
    with_history "$name" "$5"
    loads+=("$work/growth-seed")
    past=$(cat "$work/growth-history")
  fi
  simulate telegram '{"latency_ms":-1}'
  start_on_sink "$name"
  if [ "$4" -gt 0 ]; then
    backlog_of "$4" "$out.backlog"
    loads+=("$out.backlog")
    filled=$(jq .items_with_warm_up "$out.backlog")
  fi
  [ "$3" -eq 1 ] || tool Tokens "$data/jwt.key" "$3" >"$tokens"
  send_load $((warm_up + seconds + 60)) "$out" "warm_up=$warm_up" "seconds=$seconds"
  simulate telegram '{"latency_ms":0}'
  # Delivering has a warm-up of its own: until now all was held.
  sleep "$warm_up"
  before=$(taken telegram)
  cpu=$(cpu_seconds "$gateway_pid")
  began=$(date +%s.%N)
  sleep "$seconds"
  after=$(taken telegram)
  took=$(seconds_since "$began")
  cpu=$(awk -v a="$cpu" -v b="$(cpu_seconds "$gateway_pid")" 'BEGIN { printf "%.2f", b - a }')
  end_and_count "$out.ledger"
  end_process "$simulator_pid"
  forget_data
  jq -n --arg name "$1" --argjson providers "$2" --argjson tenants "$3" --argjson backlog "$filled" --argjson history "$5" --argjson past "$past" \
    --argjson delivered "$((after - before))" --argjson took "$took" --argjson cpu "$cpu" --slurpfile load "$out" --slurpfile ledger "$out.ledger" \
    --slurpfile loads <(cat "${loads[@]}") '
    $load[0] as $load
    | {name: $name, providers: $providers, tenants: $tenants, backlog: $backlog, history: $history,
       accepted_per_second: ($load.per_second | round), p50_ms: $load.p50_ms, p99_ms: $load.p99_ms, non_202: ($loads | map(.unexpected) | add),
       broken: ($loads | map(.broken) | add), unanswered: ($loads | map(.unanswered) | add),
       delivered_in_window: $delivered, delivered_per_second: ($delivered / $took | round), cpu_us_each_delivered: (if $delivered > 0 then $cpu * 1e6 / $delivered | round else null end),
       ran_dry: ([$ledger[0].states[("queued", "processing")] // 0] | add == 0), ledger: $ledger[0],
       lost: ([$load.answers_with_warm_up - $load.unexpected + $backlog + $past - $ledger[0].notifications, 0] | max)}
    # What ran out of work in the window tells no rate.
    | if .ran_dry then .delivered_per_second = null else . end' >"$out.result"
  growth_results+=("$out.result")
  progress "growth, $1: $(jq -c '{accepted_per_second, delivered_per_second, cpu_us_each_delivered, lost}' "$out.result")"
}

# wanted_point NAME ARGUMENTS...: that point, unless --points leaves it out.
wanted_point() {
  case ",${points:-$1}," in *",$1,"*) growth_point "$@" ;; esac
}

growth() {
  growth_results=()
  wanted_point base 1 1 0 0
  if [ -n "$quick" ]; then
    wanted_point all-together 64 1000 "$backlog" "$history"
  else
    wanted_point backlog-10000 1 1 10000 0
    wanted_point providers-8 8 1 0 0
    wanted_point "backlog-$backlog" 1 1 "$backlog" 0
    wanted_point providers-64 64 1 0 0
    wanted_point tenants-1000 1 1000 0 0
    wanted_point "history-$history" 1 1 0 "$history"
    wanted_point base-again 1 1 0 0
  fi
  [ ${#growth_results[@]} -gt 0 ] || die "--points has no point of growth: $points"
  jq -s '
    . as $points
    | def mean: map(values) | if length == 0 then null else add / length end;
    def to(base): if . == null or base == null or base == 0 then null else . / base * 100 | round / 100 end;
    def least: map(values) | min;
    ([.[] | select(.name | startswith("base"))] | {a: (map(.accepted_per_second) | mean), d: (map(.delivered_per_second) | mean)}) as $base
    | {points: map(. + {accepted_to_base: (.accepted_per_second | to($base.a)), delivered_to_base: (.delivered_per_second | to($base.d))}
                   | . + {flat: ([.accepted_to_base, .delivered_to_base] | map(values) | all(. >= 0.8))}),
       lost: (map(.lost) | add), non_202: (map(.non_202) | add), broken: (map(.broken) | add), unanswered: (map(.unanswered) | add)}
    | . + {least_accepted_to_base: ([.points[].accepted_to_base] | least), least_delivered_to_base: ([.points[].delivered_to_base] | least),
           flat: ([.points[].flat] | all)}' "${growth_results[@]}"
}

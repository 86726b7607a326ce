# Sourced by run. The benchmarks of single parts by JMH, which are among the tests of scoring, gateway and toolkit.
# shellcheck shell=bash

# micro_module MODULE: their average times, as JSON.
micro_module() {
  local options=(-prof gc) name=${1##*/}
  [ -z "$quick" ] || options=(-f 1 -wi 1 -w 1s -i 2 -r 1s)
  "$here/micro.sh" "$1" '.*Benchmark.*' "${options[@]}" -rf json -rff "$work/micro-$name.json" >&2
  jq '[.[] | {name: (.benchmark | split(".") | .[-2:] | join(".")), params: (.params // {}), score: .primaryMetric.score,
    error: .primaryMetric.scoreError, unit: .primaryMetric.scoreUnit,
    bytes_each: (.secondaryMetrics["gc.alloc.rate.norm"].score // .secondaryMetrics["·gc.alloc.rate.norm"].score // null)}]' "$work/micro-$name.json" >"$work/micro-$name"
}

micro() {
  need_maven >&2
  micro_module scoring
  micro_module gateway
  micro_module plugins/toolkit
  jq -n --slurpfile scoring "$work/micro-scoring" --slurpfile gateway "$work/micro-gateway" --slurpfile toolkit "$work/micro-toolkit" \
    '{scoring: $scoring[0], gateway: $gateway[0], toolkit: $toolkit[0]}'
}

# Sourced by run. The benchmarks of single parts by JMH, which are among the tests of scoring and gateway.
# shellcheck shell=bash

# micro_module MODULE: their average times, as JSON.
micro_module() {
  local options=(-prof gc)
  [ -z "$quick" ] || options=(-f 1 -wi 1 -w 1s -i 2 -r 1s)
  "$here/micro.sh" "$1" '.*Benchmark.*' "${options[@]}" -rf json -rff "$work/micro-$1.json" >&2
  jq '[.[] | {name: (.benchmark | split(".") | .[-2:] | join(".")), params: (.params // {}), score: .primaryMetric.score,
    error: .primaryMetric.scoreError, unit: .primaryMetric.scoreUnit,
    bytes_each: (.secondaryMetrics["gc.alloc.rate.norm"].score // .secondaryMetrics["·gc.alloc.rate.norm"].score // null)}]' "$work/micro-$1.json" >"$work/micro-$1"
}

micro() {
  need_maven >&2
  micro_module scoring
  micro_module gateway
  jq -n --slurpfile scoring "$work/micro-scoring" --slurpfile gateway "$work/micro-gateway" '{scoring: $scoring[0], gateway: $gateway[0]}'
}

# Sourced by run. On PostgreSQL and Redis: deploy/bench/cluster measures, here is what the goals are about.
# shellcheck shell=bash

cluster() {
  local options=(--seconds "$((seconds * 2))" --warm-up "$warm_up" --sink-ms "$sink_ms" --drain-limit "$drain_limit" --connections "$connections")
  [ -z "$quick" ] || options=(--seconds 3 --warm-up 4 --ceiling-seconds 1 --drain-limit 30)
  "$here/cluster" "${options[@]}" >"$work/cluster"
  jq '([.ceilings[]? | .per_second? // empty]) as $ceilings
    | . + {to_lower_ceiling: (if $ceilings == [] then null else .accepted_per_second / ($ceilings | min) * 1000 | round / 1000 end)}' "$work/cluster"
}

# Sourced by run. What came out beside the goals, and beside the figures that are kept in figures.json.
# shellcheck shell=bash

kept_file=$here/figures.json

# with_figures FILE: prints the result in the file with its figures, their kept values and its mistakes.
with_figures() {
  local kept=/dev/null
  [ ! -s "$kept_file" ] || kept=$kept_file
  jq --slurpfile figures <(jq -f "$here/figures.jq" "$1") --slurpfile kept "$kept" '
    . as $result
    | . + {figures: [$figures[0][] | . as $one | ($kept[0].figures[.name] // null) as $old
        | . + (if $old == null or $old.value == 0 then {kept: null, new_to_kept: null}
               else {kept: $old.value, kept_commit: $old.commit, new_to_kept: ($one.value / $old.value * 100 | round / 100)} end)],
       mistakes: [$result.results | paths(numbers) as $path | select($path[-1] | IN("lost", "non_202", "non_200", "unexpected", "broken", "unanswered",
           "not_delivered", "taken_more_than_stored", "ceiling_non_202", "not_failed_over"))
         # Where no ledger says what still waits, what --drain-limit cut off is no mistake.
         | select($path[-1] != "not_delivered" or (getpath($path[:-1]) | .drained != false or has("waiting")))
         | {what: ($path | map(tostring) | join(".")), count: getpath($path)} | select(.count > 0)]}' "$1"
}

# table FILE: prints the figures of such a result.
table() {
  jq -r '
    def cell: if . == null then "-" elif type == "boolean" then (if . then "yes" else "NO" end) else tostring end;
    (["figure", "value", "unit", "goal", "met", "kept", "new/kept"] | @tsv),
    (.figures[] | [.name, .value, .unit, .goal, .met, .kept, .new_to_kept] | map(cell) | @tsv),
    (if .mistakes == [] then "Nothing lost, nothing twice, no answer other than expected."
     else "NOT as expected: " + (.mistakes | map("\(.what) \(.count)") | join(", ")) end),
    ([.results | paths(. == false) | select(.[-1] == "drained") | .[:-1] | map(tostring) | join(".")]
      | select(. != []) | "Cut off by --drain-limit: " + join(", "))' "$1" |
    awk -F '\t' 'NF < 7 { print; next } { printf "%-32s %12s %-6s %10s %5s %12s %9s\n", $1, $2, $3, $4, $5, $6, $7 }'
}

# keep_figures FILE: puts the figures of such a result in the place of the kept ones of the same names.
keep_figures() {
  local old
  old=$(cat "$kept_file" 2>/dev/null || echo '{"figures": {}}')
  jq --argjson old "$old" '
    {about: "Kept by deploy/bench/run --keep-figures; docs/performance.md explains them.",
     figures: ($old.figures + (. as $run | [.figures[] | {(.name): {value, unit, commit: $run.commit, at: $run.at, command: $run.command,
       machine: "\($run.machine.cores) cores, \($run.machine.cpu), \($run.machine.jdk)", busy_before: $run.machine.busy_before}}] | add))}' "$1" >"$work/kept"
  cp "$work/kept" "$kept_file"
}

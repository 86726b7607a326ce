# Sourced by run. Signed webhooks: many events in each, signed as SendGrid does, and one in each, as Resend does.
# shellcheck shell=bash

events_each=100
resend_secret=whsec_c2lnbmFsYm94LWJlbmNobWFyay1zZWNyZXQtMDAwMQ==

# sent_mails PROVIDER COUNT: sends so many mails by it; prints their ids.
sent_mails() {
  local n
  body_of email
  jq -nc --argjson n "$2" --arg provider "$1" --slurpfile one "$body" '[range($n) | $one[0] + {provider: $provider}]' >"$work/mails.json"
  n=$(taken telegram)
  api POST /api/v1/notifications/batch -d "@$work/mails.json" >"$work/mails.out"
  await_taken telegram $((n + $2))
  jq -r '.results[].id' "$work/mails.out"
}

receipts() { ledger_json "$data" | jq .receipts; }

# webhook_phase NAME EVENTS_EACH FILE WARM_COUNT: posts them all, and waits until each event is a receipt.
webhook_phase() {
  local out=$work/webhooks-$1 before began
  before=$(receipts)
  began=$(date +%s.%N)
  generate 180 "$out" "url=$gateway_url" "requests=$3" status=200 connections=16 "warm_count=$4"
  local answered=$((before + $(jq '.answers_with_warm_up - .unexpected' "$out") * $2)) limit=$((SECONDS + 90)) now
  now=$(receipts)
  until [ "$now" -ge "$answered" ] || [ $SECONDS -ge $limit ]; do
    sleep 0.3
    now=$(receipts)
  done
  jq -n --slurpfile load "$out" --argjson each "$2" --argjson answered "$((answered - before))" --argjson recorded "$((now - before))" \
    --argjson took "$(seconds_since "$began")" '
    $load[0] | {events_each: $each, connections, requests: .sent, events_per_second: (.per_second * $each | round), p50_ms, p99_ms,
      non_200: .unexpected, broken, unanswered, events_answered: $answered, events_recorded: $recorded, lost: ([$answered - $recorded, 0] | max),
      recorded_per_second_at_least: ($recorded / $took | round)}' >"$out.result"
  progress "webhooks, $1: $(jq -c '{events_per_second, p50_ms, p99_ms, lost}' "$out.result")"
}

webhooks_in() {
  local batches=2000 singles=60000
  [ -z "$quick" ] || batches=400 singles=12000
  start_sink webhooks
  plugins_folder webhooks sendgrid resend
  tool Webhooks keys "$work/sendgrid.key" "$work/sendgrid.pub"
  cat >"$plugins/sendgrid.yaml" <<YAML
plugin: sendgrid
channels: [email]
config:
  api_key: "SG.bench"
  base_url: "$simulator_url"
  from: signalbox@example.com
  webhook_public_key: "$(cat "$work/sendgrid.pub")"
YAML
  cat >"$plugins/resend.yaml" <<YAML
plugin: resend
channels: [email]
config:
  api_key: "re_bench"
  base_url: "$simulator_url"
  from: signalbox@example.com
  webhook_secret: "$resend_secret"
YAML
  start_on_sink webhooks
  sent_mails sendgrid 1000 >"$work/sendgrid.ids"
  sent_mails resend 1000 >"$work/resend.ids"
  progress "webhooks: signing $batches of $events_each events and $singles of one"
  tool Webhooks sendgrid "$work/sendgrid.key" "$work/sendgrid.ids" "$batches" "$events_each" "$work/sendgrid.requests"
  tool Webhooks resend "$resend_secret" "$work/resend.ids" "$singles" "$work/resend.requests"
  webhook_phase batches "$events_each" "$work/sendgrid.requests" $((batches / 4))
  webhook_phase singles 1 "$work/resend.requests" $((singles / 4))
  end_process "$gateway_pid"
  end_process "$simulator_pid"
  forget_data
  jq -n --slurpfile batches "$work/webhooks-batches.result" --slurpfile singles "$work/webhooks-singles.result" \
    '{batches: $batches[0], singles: $singles[0]}'
}

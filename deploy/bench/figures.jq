# The figures of a result of run, each with its goal if it has one: name, value, unit, better, goal, met.
def figure(name; value; unit; better; goal):
  value as $v
  | if $v == null then empty
    else {name: name, value: $v, unit: unit, better: better, goal: goal,
          met: (if goal == null then null elif better == "more" then $v >= goal else $v <= goal end)}
    end;

.results as $r
| ($r.growth.points // []) as $points
# The least of all is told by a run that had all.
| (all(["backlog", "history"][] as $of | $points | any(.[$of] > 0); .) and all(["providers", "tenants"][] as $of | $points | any(.[$of] > 1); .)) as $whole
| ($points | map(select(.history > 0)) | first) as $past
| [
    figure("ceiling"; $r.intake.ceiling_per_second; "/s"; "more"; null),
    figure("intake"; $r.intake.per_second; "/s"; "more"; null),
    figure("intake_to_ceiling"; $r.intake.ratio_to_ceiling; "ratio"; "more"; 0.6),
    figure("intake_p99"; $r.intake.p99_ms; "ms"; "less"; null),
    figure("batch"; $r.batch.per_second; "/s"; "more"; 150000),
    figure("accept_p50_at_half_load"; $r.latency.accept.p50_ms; "ms"; "less"; null),
    figure("accept_p99_at_half_load"; $r.latency.accept.p99_ms; "ms"; "less"; 10),
    figure("request_to_provider_p50"; $r.latency.sent.at_sink.p50_ms; "ms"; "less"; 2),
    figure("request_to_provider_p99"; $r.latency.sent.at_sink.p99_ms; "ms"; "less"; 10),
    figure("whole_way_accepted"; $r.whole_way.telegram.accepted_per_second; "/s"; "more"; null),
    figure("whole_way_delivered_meanwhile"; $r.whole_way.telegram.delivered_per_second_during_intake; "/s"; "more"; null),
    figure("whole_way"; $r.whole_way.telegram.delivered_per_second_whole_way; "/s"; "more"; 12000),
    figure("drain"; $r.drain.per_second; "/s"; "more"; 15000),
    figure("whole_way_with_receipts"; $r.whole_way.sendgrid.delivered_per_second_whole_way; "/s"; "more"; null),
    figure("webhook_events_in_batches"; $r.webhooks.batches.events_per_second; "/s"; "more"; 20000),
    figure("webhook_events_one_by_one"; $r.webhooks.singles.events_per_second; "/s"; "more"; 8000),
    figure("failover_after_refused"; $r.failover.refuse.added_p50_ms; "ms"; "less"; 1),
    figure("failover_after_5xx"; $r.failover.error.added_p50_ms; "ms"; "less"; 2),
    figure("failover_open_breaker"; $r.failover.open_breaker.added_p50_ms; "ms"; "less"; null),
    figure("ready"; $r.start.ready.median_ms; "ms"; "less"; 1500),
    figure("ready_without_archive"; $r.start.ready_without_archive.median_ms; "ms"; "less"; null),
    figure("idle_resident"; $r.start.idle.resident_mib; "MiB"; "less"; 150),
    figure("live_heap_with_backlog"; $r.memory.live_heap_with_backlog_mib; "MiB"; "less"; null),
    figure("waiting_in_heap"; $r.memory.waiting; ""; "more"; 1000000),
    figure("least_accepted_to_base"; (if $whole then $r.growth.least_accepted_to_base else null end); "ratio"; "more"; 0.8),
    figure("least_delivered_to_base"; (if $whole then $r.growth.least_delivered_to_base else null end); "ratio"; "more"; 0.8),
    figure("history"; $past.history; ""; "more"; 10000000),
    figure("accepted_with_history_to_base"; $past.accepted_to_base; "ratio"; "more"; 0.8),
    figure("delivered_with_history_to_base"; $past.delivered_to_base; "ratio"; "more"; 0.8),
    figure("cluster_accepted"; $r.cluster.accepted_per_second; "/s"; "more"; null),
    figure("cluster_whole_way"; $r.cluster.delivered_per_second_whole_way; "/s"; "more"; 5000),
    figure("cluster_to_ceiling"; (if $r.cluster then $r.cluster.to_lower_ceiling else null end); "ratio"; "more"; 0.5),
    figure("soak_heap_growth"; $r.soak.live_heap_mib.percent; "%"; "less"; 5),
    figure("soak_thread_growth"; $r.soak.threads.percent; "%"; "less"; 5),
    figure("soak_file_growth"; $r.soak.files.percent; "%"; "less"; 5),
    figure("soak_metaspace_growth"; $r.soak.metaspace_mib.percent; "%"; "less"; 5),
    figure("peer_accepted"; $r.peers.accepted_per_second; "/s"; "more"; null),
    figure("peer_delivered"; $r.peers.delivered_per_second_whole_way; "/s"; "more"; null),
    figure("accepted_to_peer"; $r.peers.accepted_to_peer; "ratio"; "more"; 5),
    figure("delivered_to_peer"; $r.peers.delivered_to_peer; "ratio"; "more"; 5)
  ]

package io.signalbox.deploy.cluster;

import io.signalbox.deploy.Timeline;
import io.signalbox.deploy.cluster.DrillScript.Phase;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Compares what was accepted with what the simulator took and what the ledger says. */
final class DrillAnalysis {
  private static final int ASKED = 0;

  private final Cluster cluster;
  private final Senders senders;
  private final List<Phase> phases;
  private final boolean drained;

  DrillAnalysis(Cluster cluster, Senders senders, List<Phase> phases, boolean drained) {
    this.cluster = cluster;
    this.senders = senders;
    this.phases = phases;
    this.drained = drained;
  }

  DrillResult result(OptionalLong killTakeover, OptionalLong freezeTakeover) {
    Map<Integer, Integer> taken = cluster.simulator().countsByNumber(Cluster.PROVIDERS);
    Map<NotificationId, NotificationState> states = cluster.ledger().states();
    Map<NotificationId, NotificationId> aliases = cluster.ledger().aliases();
    List<String> lost = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    List<String> unexplained = new ArrayList<>();
    Map<String, Long> ends = new TreeMap<>();
    Set<NotificationId> known = new HashSet<>();
    long duplicated = 0;
    for (Senders.Accepted one : senders.accepted()) {
      NotificationId given = NotificationId.parse(one.id()).orElseThrow();
      NotificationId stored = aliases.getOrDefault(given, given);
      known.add(stored);
      NotificationState state = states.get(stored);
      ends.merge(state == null ? "not in the ledger" : state.wireName(), 1L, Long::sum);
      int times = taken.getOrDefault(one.number(), 0);
      if (times == 0) {
        lost.add(one.id());
      }
      if (state == null || state.isOpen() || state == NotificationState.HELD) {
        unfinished.add(one.id());
      }
      if (times > 1) {
        duplicated++;
        if (!isExplained(one.id())) {
          unexplained.add(one.id());
        }
      }
    }
    long strangers = states.keySet().stream().filter(each -> !known.contains(each)).count();
    return new DrillResult(
        senders.issued(),
        senders.accepted().size(),
        drained,
        lost,
        unfinished,
        duplicated,
        unexplained,
        strangers,
        killTakeover,
        freezeTakeover,
        ends,
        webhooks(),
        phases.stream().map(this::figures).toList());
  }

  private JsonObject webhooks() {
    JsonObject all = new JsonObject();
    for (String plugin : Cluster.PROVIDERS) {
      all.put(plugin, cluster.simulator().webhooks(plugin));
    }
    return all;
  }

  /** Whether its own timeline says that somebody could not know. */
  private boolean isExplained(String id) {
    return cluster.admin(ASKED).timeline(id).attempts().stream()
        .map(Timeline.Attempt::outcome)
        .anyMatch("unknown"::equals);
  }

  private DrillResult.PhaseFigures figures(Phase phase) {
    List<Long> millis =
        senders.accepted().stream()
            .filter(one -> phase.has(one.dueAt()))
            .map(one -> one.at() - one.dueAt())
            .sorted(Comparator.naturalOrder())
            .toList();
    Map<String, Long> failures = new HashMap<>();
    senders.failures().stream()
        .filter(one -> phase.has(one.atMillis()))
        .forEach(one -> failures.merge(one.kind(), 1L, Long::sum));
    return new DrillResult.PhaseFigures(
        phase.name(),
        phase.to() - phase.from(),
        millis.size(),
        new TreeMap<>(failures),
        at(millis, 0.5),
        at(millis, 0.99),
        at(millis, 1));
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.isEmpty() ? 0 : sorted.get((int) ((sorted.size() - 1) * share));
  }
}

package io.signalbox.gateway.drill;

import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a simulated fault from what was seen. Pure.
 *
 * @param provider the provider with the fault
 * @param mode the fault
 * @param before timelines from before the fault, by number
 * @param during timelines of those sent while it lasted
 * @param after timelines of those sent after it
 * @param received how often the simulated providers received each, by number
 * @param accepted the numbers of those that were accepted
 * @param injectedAtMillis when the fault began
 * @param removedAtMillis when it ended
 * @param watch what the gateway announced
 * @param recoveryWanted whether recovery was waited for
 */
record SimulateReport(
    String provider,
    String mode,
    Map<Integer, Timeline> before,
    Map<Integer, Timeline> during,
    Map<Integer, Timeline> after,
    Map<Integer, Integer> received,
    List<Integer> accepted,
    long injectedAtMillis,
    long removedAtMillis,
    FaultWatch watch,
    boolean recoveryWanted) {

  /** States that say openly that a message did not arrive, or that nobody knows. */
  private static final Set<NotificationState> TOLD =
      Set.of(
          NotificationState.FAILED,
          NotificationState.EXPIRED,
          NotificationState.CANCELLED,
          NotificationState.HELD,
          NotificationState.DEAD_LETTER);

  /** Reasons against a provider that say that something is wrong with it. */
  private static final Set<String> AVOIDED = Set.of("breaker_open", "cooling_down");

  End end(long nowMillis, @Nullable String aborted) {
    Map<Integer, Timeline> byNumber = new HashMap<>(before);
    byNumber.putAll(during);
    byNumber.putAll(after);
    Collection<Timeline> all = byNumber.values();
    long open = all.stream().filter(DrillTimelines::isOpen).count();
    long lost =
        accepted.stream()
            .filter(number -> !received.containsKey(number) && isSilent(byNumber.get(number)))
            .count();
    long twice = received.values().stream().filter(count -> count > 1).count();
    long marked =
        all.stream()
            .filter(each -> each.attempts().stream().anyMatch(AttemptEntry::possibleDuplicate))
            .count();
    long tried = during.values().stream().filter(each -> triedFirst(each) != null).count();
    JsonArray findings = new JsonArray();
    if (tried == 0) {
      findings.add(provider + " was never tried while it had the fault: nothing was shown");
    }
    if (lost > 0) {
      findings.add(lost + " notifications were lost");
    }
    if (open > 0) {
      findings.add(open + " notifications were still under way when the drill ended");
    }
    if (twice > marked) {
      findings.add((twice - marked) + " duplicates were not marked as possible");
    }
    boolean recovered = !recoveryWanted || watch.isRecovered();
    if (!recovered) {
      findings.add(provider + " was not used again in time after the fault was gone");
    }
    JsonObject report =
        new JsonObject()
            .put("provider", provider)
            .put("mode", mode)
            .put("sent", accepted.size())
            .put("met_the_fault", tried)
            .put("states", states(all))
            .put("lost", lost)
            .put("still_open", open)
            .put("duplicated", twice)
            .put("marked_as_possible_duplicate", marked)
            .put("wasted_attempts", wasted())
            .put("detection", detection())
            .put("failover", failover())
            .put("delivery_before_ms", Spread.of(deliveries(before)))
            .put("delivery_during_ms", Spread.of(deliveries(during)))
            .put("recovery", recovery())
            .put("findings", findings);
    if (aborted != null) {
      return new End(State.ABORTED, aborted, nowMillis, report.put("verdict", "aborted"));
    }
    return findings.isEmpty()
        ? new End(State.PASSED, null, nowMillis, report.put("verdict", "passed"))
        : new End(State.FAILED, findings.getString(0), nowMillis, report.put("verdict", "failed"));
  }

  /** Whether nobody says that it did not arrive: done by its state, or not even known. */
  private static boolean isSilent(@Nullable Timeline timeline) {
    return timeline == null
        || !(DrillTimelines.isOpen(timeline) || TOLD.contains(timeline.state()));
  }

  private static JsonObject states(Collection<Timeline> all) {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(each -> counts.merge(each.state().wireName(), 1, Integer::sum));
    JsonObject json = new JsonObject();
    counts.forEach(json::put);
    return json;
  }

  private @Nullable AttemptEntry triedFirst(Timeline timeline) {
    for (AttemptEntry attempt : timeline.attempts()) {
      if (attempt.provider().equals(provider)
          && attempt.startedAtMillis() >= injectedAtMillis
          && attempt.startedAtMillis() < removedAtMillis) {
        return attempt;
      }
    }
    return null;
  }

  private static boolean failed(AttemptEntry attempt) {
    OutcomeKind outcome = attempt.outcome();
    return outcome != null && outcome != OutcomeKind.SENT;
  }

  private long wasted() {
    return during.values().stream()
        .map(this::triedFirst)
        .filter(attempt -> attempt != null && failed(attempt))
        .count();
  }

  private JsonObject detection() {
    long first = Long.MAX_VALUE;
    long avoided = Long.MAX_VALUE;
    for (Timeline timeline : during.values()) {
      AttemptEntry attempt = triedFirst(timeline);
      if (attempt != null && failed(attempt)) {
        first = Math.min(first, attempt.endedAtMillis());
      }
      for (AttemptEntry each : timeline.attempts()) {
        if (each.decision().excluded().stream()
            .anyMatch(out -> out.provider().equals(provider) && AVOIDED.contains(out.reason()))) {
          avoided = Math.min(avoided, each.startedAtMillis());
        }
      }
    }
    long start = first == Long.MAX_VALUE ? injectedAtMillis : first;
    JsonObject json = new JsonObject();
    putSince(json, "first_failure_ms", injectedAtMillis, first == Long.MAX_VALUE ? 0 : first);
    putSince(json, "degraded_ms", start, watch.degradedAtMillis());
    putSince(json, "breaker_open_ms", start, watch.openedAtMillis());
    putSince(json, "first_avoided_ms", start, avoided == Long.MAX_VALUE ? 0 : avoided);
    return json;
  }

  /** What failing over has added: from the first attempt's beginning to the successful one's. */
  private JsonObject failover() {
    long[] added =
        during.values().stream()
            .filter(each -> triedFirst(each) != null)
            .mapToLong(SimulateReport::added)
            .filter(millis -> millis >= 0)
            .toArray();
    return new JsonObject().put("added_ms", Spread.of(added));
  }

  private static long added(Timeline timeline) {
    List<AttemptEntry> attempts = timeline.attempts();
    for (int i = 1; i < attempts.size(); i++) {
      if (attempts.get(i).outcome() == OutcomeKind.SENT) {
        return attempts.get(i).startedAtMillis() - attempts.get(0).startedAtMillis();
      }
    }
    return -1;
  }

  private static long[] deliveries(Map<Integer, Timeline> timelines) {
    return timelines.values().stream()
        .mapToLong(
            each -> {
              for (AttemptEntry attempt : each.attempts()) {
                if (attempt.outcome() == OutcomeKind.SENT) {
                  return attempt.endedAtMillis() - each.acceptedAtMillis();
                }
              }
              return -1;
            })
        .filter(millis -> millis >= 0)
        .toArray();
  }

  private JsonObject recovery() {
    JsonObject json = new JsonObject().put("waited_for", recoveryWanted);
    putSince(json, "first_success_ms", removedAtMillis, watch.succeededAtMillis());
    putSince(json, "breaker_closed_ms", removedAtMillis, watch.closedAtMillis());
    return json.put("recovered", watch.isRecovered());
  }

  private static void putSince(JsonObject json, String name, long since, long atMillis) {
    json.put(name, atMillis == 0 ? null : Math.max(0, atMillis - since));
  }
}

package io.signalbox.deploy.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of a drill. Ids stand for accepted notifications.
 *
 * @param lost accepted, and never taken by a provider
 * @param unfinished accepted, and not at an end
 * @param duplicated taken by providers more than once
 * @param unexplained of those, without an unknown outcome in their timelines
 * @param strangers in the ledger, and nobody was told of them: a key was not recognised
 * @param killTakeoverMillis from a kill until another node took the number and work of that one
 * @param freezeTakeoverMillis the same of a node that stands still
 * @param states how many accepted ones ended where
 * @param webhooks what became of each provider's webhooks at the simulator
 */
record DrillResult(
    int due,
    int accepted,
    boolean drained,
    List<String> lost,
    List<String> unfinished,
    long duplicated,
    List<String> unexplained,
    long strangers,
    OptionalLong killTakeoverMillis,
    OptionalLong freezeTakeoverMillis,
    Map<String, Long> states,
    JsonObject webhooks,
    List<PhaseFigures> phases) {

  /**
   * What senders met in a span.
   *
   * @param due how many mails fell due
   * @param failures tries that were not accepted, by kind
   * @param p50 from falling due to being accepted, with all tries, in milliseconds
   */
  record PhaseFigures(
      String name,
      long millis,
      int due,
      Map<String, Long> failures,
      long p50,
      long p99,
      long longest) {
    JsonObject toJson() {
      JsonObject kinds = new JsonObject();
      failures.forEach(kinds::put);
      return new JsonObject()
          .put("phase", name)
          .put("ms", millis)
          .put("due", due)
          .put("failed_tries", kinds)
          .put("accept_ms", new JsonObject().put("p50", p50).put("p99", p99).put("max", longest));
    }
  }

  JsonObject toJson() {
    JsonObject ends = new JsonObject();
    states.forEach(ends::put);
    return new JsonObject()
        .put("due", due)
        .put("accepted", accepted)
        .put("drained", drained)
        .put("lost", lost.size())
        .put("unfinished", unfinished.size())
        .put("duplicated", duplicated)
        .put("duplicates_unexplained", unexplained.size())
        .put("stored_twice", strangers)
        .put("takeover_after_kill_ms", orNull(killTakeoverMillis))
        .put("takeover_after_freeze_ms", orNull(freezeTakeoverMillis))
        .put("states", ends)
        .put("webhooks", webhooks)
        .put("phases", new JsonArray(phases.stream().map(PhaseFigures::toJson).toList()));
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}

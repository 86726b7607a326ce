package io.signalbox.gateway.delivery;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.scoring.breaker.Permit;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Remembers what a breaker's next transition may have to be explained by: the last failures since
 * the one before, and the trials under way. Holds codes and ids only, never a recipient or a
 * provider's own words. Thread-confined.
 */
final class BreakerTrail {
  private static final int MAX_FAILURES = 5;

  private final long windowMillis;
  private final ArrayDeque<JsonObject> failures = new ArrayDeque<>();
  private final Map<Long, AttemptId> trials = new LinkedHashMap<>();

  /** Makes an empty trail of a breaker with such a rolling window. */
  BreakerTrail(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** An attempt begins. */
  void begun(Permit.Granted permit, AttemptId attempt) {
    if (permit.trial()) {
      trials.put(permit.trialId(), attempt);
    }
  }

  /** An attempt ended. */
  void ended(Permit.Granted permit) {
    if (permit.trial()) {
      trials.remove(permit.trialId());
    }
  }

  /** An attempt failed, and that counts. */
  void failed(AttemptId attempt, Outcome outcome, long nowMillis) {
    Evidence evidence = outcome.evidence();
    JsonObject failure =
        new JsonObject()
            .put("attempt", attempt.toString())
            .put("at", Instant.ofEpochMilli(nowMillis).toString())
            .put("outcome", outcome.kind().wireName())
            .put("progress", evidence.progress().name().toLowerCase(Locale.ROOT));
    if (evidence.code() != null) {
      failure.put("code", evidence.code());
    }
    if (evidence.httpStatus() > 0) {
      failure.put("http_status", evidence.httpStatus());
    }
    failures.addLast(failure);
    if (failures.size() > MAX_FAILURES) {
      failures.removeFirst();
    }
  }

  /** What led to a transition, as a JSON object; the next one begins with an empty trail. */
  String explain(Transition transition) {
    JsonObject evidence =
        new JsonObject()
            .put("window_ms", windowMillis)
            .put("window_calls", transition.windowCalls())
            .put("window_failures", transition.windowFailures());
    if (transition.windowCalls() > 0) {
      evidence.put("failure_rate", (double) transition.windowFailures() / transition.windowCalls());
    }
    evidence.put("trial_successes", transition.trialSuccesses());
    JsonArray last = new JsonArray();
    failures.forEach(last::add);
    evidence.put("last_failures", last);
    if (!trials.isEmpty()) {
      JsonArray lost = new JsonArray();
      trials.values().forEach(attempt -> lost.add(attempt.toString()));
      evidence.put("trials_without_answer", lost);
    }
    failures.clear();
    trials.clear();
    return evidence.encode();
  }
}

package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What the JSON of every operation has, whatever its kind. */
final class OperationView {
  private OperationView() {}

  /** Its id, how it stands, when it was what, who was tried and why. */
  static JsonObject write(Operation operation) {
    OperationProgress progress = operation.progress();
    JsonObject json =
        new JsonObject()
            .put("id", operation.id().toString())
            .put("status", progress.state().wireName())
            .put("created_at", TimelineJson.time(operation.createdAtMillis()))
            .put("updated_at", TimelineJson.time(progress.updatedAtMillis()));
    if (progress.endedAtMillis() != 0) {
      json.put("ended_at", TimelineJson.time(progress.endedAtMillis()));
    }
    OperationProblem problem = progress.problem();
    if (problem != null) {
      json.put(
          "problem",
          new JsonObject().put("kind", problem.kind().wireName()).put("detail", problem.detail()));
    }
    return json.put("correlation_id", operation.correlationId());
  }

  /** Adds who was tried, and why whoever was tried last. */
  static JsonObject explain(JsonObject json, Operation operation) {
    OperationProgress progress = operation.progress();
    if (!progress.attempts().isEmpty()) {
      OperationAttempt newest = progress.newest();
      JsonObject decision = newest.decision().copy().put("chosen", newest.provider());
      if (!newest.variant().isEmpty()) {
        decision.put("chosen_variant", newest.variant());
      }
      json.put("decision", decision);
    }
    return json.put("attempts", attempts(progress));
  }

  /** Who was tried, and how that ended. */
  static JsonArray attempts(OperationProgress progress) {
    JsonArray attempts = new JsonArray();
    progress.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    return attempts;
  }

  private static JsonObject attempt(OperationAttempt attempt) {
    JsonObject json =
        new JsonObject()
            .put("number", attempt.number())
            .put("provider", attempt.provider())
            .put("round", attempt.round() + 1);
    putIfKnown(json, "variant", attempt.variant().isEmpty() ? null : attempt.variant());
    json.put("started_at", TimelineJson.time(attempt.startedAtMillis()));
    OperationAttempt.End end = attempt.end();
    if (end == null) {
      return json;
    }
    json.put("ended_at", TimelineJson.time(end.atMillis())).put("outcome", end.how().wireName());
    putIfKnown(json, "code", end.code());
    if (end.httpStatus() != 0) {
      json.put("http_status", end.httpStatus());
    }
    putIfKnown(json, "message", end.message());
    return json;
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}

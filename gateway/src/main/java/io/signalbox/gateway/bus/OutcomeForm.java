package io.signalbox.gateway.bus;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How an outcome travels to another node, among other fields. Pure functions. */
final class OutcomeForm {
  private OutcomeForm() {}

  static JsonObject put(JsonObject json, Outcome outcome) {
    put(json, outcome.evidence()).put("outcome", outcome.kind().name());
    if (outcome instanceof Outcome.Sent sent) {
      json.put("message_id", sent.providerMessageId());
    } else if (outcome instanceof Outcome.Throttled throttled) {
      Duration retryAfter = throttled.retryAfter();
      json.put("retry_after_ms", retryAfter == null ? null : retryAfter.toMillis());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      json.put("reason", rejected.reason().name());
    }
    return json;
  }

  static Outcome outcome(JsonObject json) {
    Evidence evidence = evidence(json);
    return switch (OutcomeKind.valueOf(NodeForms.text(json, "outcome"))) {
      case SENT -> new Outcome.Sent(NodeForms.text(json, "message_id"), evidence);
      case TRANSIENT -> new Outcome.Transient(evidence);
      case THROTTLED ->
          new Outcome.Throttled(AttemptForm.duration(json.getLong("retry_after_ms")), evidence);
      case PROVIDER_FAULT -> new Outcome.ProviderFault(evidence);
      case REJECTED ->
          new Outcome.Rejected(ReasonClass.valueOf(NodeForms.text(json, "reason")), evidence);
      case UNKNOWN -> new Outcome.Unknown(evidence);
    };
  }

  static JsonObject put(JsonObject json, Evidence evidence) {
    return json.put("progress", evidence.progress().name())
        .put("http_status", evidence.httpStatus())
        .put("code", evidence.code())
        .put("text", evidence.message());
  }

  static Evidence evidence(JsonObject json) {
    return new Evidence(
        Progress.valueOf(NodeForms.text(json, "progress")),
        json.getInteger("http_status"),
        json.getString("code"),
        json.getString("text"));
  }
}

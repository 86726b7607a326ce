package io.signalbox.gateway.api;

import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.ledger.Timeline.ReceiptEntry;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of a timeline. */
final class TimelineJson {
  private TimelineJson() {}

  static JsonObject write(Timeline timeline) {
    boolean duplicate = timeline.attempts().stream().anyMatch(AttemptEntry::possibleDuplicate);
    JsonObject json =
        new JsonObject()
            .put("id", timeline.id().toString())
            .put("state", timeline.state().wireName());
    putIfKnown(json, "reason", timeline.reason());
    json.put("round", timeline.round()).put("possible_duplicate", duplicate);
    json.put("accepted_at", time(timeline.acceptedAtMillis()));
    json.put("updated_at", time(timeline.updatedAtMillis()));
    putTime(json, "due_at", timeline.dueAtMillis());
    putIfKnown(json, "subject", timeline.subject());
    putIfKnown(json, "credential", credential(timeline.subject()));
    json.put("correlation_id", timeline.trace().traceId());
    if (timeline.content().length() == 0) {
      json.put("contents_removed", true);
    } else {
      JsonObject notification = new JsonObject(timeline.content());
      Object memo = notification.remove(DialectMemo.FIELD);
      json.put("notification", notification);
      if (memo != null) {
        json.put("compat", memo);
      }
    }
    return json.put("attempts", array(timeline.attempts(), TimelineJson::attempt))
        .put("receipts", array(timeline.receipts(), TimelineJson::receipt))
        .put("events", array(timeline.events(), TimelineJson::event));
  }

  private static JsonObject attempt(AttemptEntry attempt) {
    JsonObject json =
        new JsonObject()
            .put("number", attempt.number())
            .put("round", attempt.round())
            .put("channel", attempt.channel().wireName())
            .put("provider", attempt.provider())
            .put("generation", attempt.generation())
            .put("decision", decision(attempt.decision()))
            .put("started_at", time(attempt.startedAtMillis()))
            .put("possible_duplicate", attempt.possibleDuplicate());
    if (attempt.confirmationFailover()) {
      json.put("confirmation_failover", true);
    }
    if (attempt.outcome() == null) {
      return json.put("outcome", "under_way");
    }
    json.put("ended_at", time(attempt.endedAtMillis()))
        .put("duration_ms", attempt.tookMillis())
        .put("outcome", attempt.outcome().wireName());
    putIfKnown(json, "progress", attempt.progress());
    if (attempt.httpStatus() > 0) {
      json.put("http_status", attempt.httpStatus());
    }
    putIfKnown(json, "provider_code", attempt.code());
    putIfKnown(json, "provider_message", attempt.message());
    putIfKnown(json, "provider_message_id", attempt.providerMessageId());
    putIfKnown(json, "next", attempt.next());
    return json;
  }

  private static JsonObject decision(Decision decision) {
    JsonObject json = new JsonObject().put("rule", decision.rule());
    if (decision.policy() != null) {
      json.put("policy", decision.policy());
    }
    RankingSnapshot ranking = decision.ranking();
    if (ranking != null) {
      json.put("ranking_id", ranking.id()).put("ranking", new JsonObject(ranking.json()));
    }
    return json.put(
        "excluded",
        array(
            decision.excluded(),
            out -> new JsonObject().put("provider", out.provider()).put("reason", out.reason())));
  }

  private static JsonObject receipt(ReceiptEntry receipt) {
    JsonObject json =
        new JsonObject()
            .put("attempt", receipt.attempt())
            .put("provider", receipt.provider())
            .put("status", receipt.status().wireName())
            .put("reason", receipt.reason())
            .put("provider_status", receipt.providerStatus());
    putIfKnown(json, "provider_code", receipt.providerCode());
    putIfKnown(json, "provider_text", receipt.providerText());
    return json.put("occurred_at", time(receipt.occurredAtMillis()))
        .put("received_at", time(receipt.receivedAtMillis()));
  }

  private static JsonObject event(Timeline.Event event) {
    JsonObject json =
        new JsonObject().put("at", time(event.atMillis())).put("event", event.event());
    putIfKnown(json, "detail", event.detail());
    return json;
  }

  /** By what the caller was known; null for co-located verticles. */
  private static @Nullable String credential(@Nullable String subject) {
    return subject == null ? null : Caller.Credential.ofActor(subject).wireName();
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static void putTime(JsonObject json, String name, long millis) {
    if (millis > 0) {
      json.put(name, time(millis));
    }
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static <T> JsonArray array(List<T> values, Function<T, JsonObject> write) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(write.apply(value)));
    return array;
  }
}

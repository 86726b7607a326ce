package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A notification's timeline as the API shows it. */
public record Timeline(JsonObject json) {
  private static final Set<String> OVER =
      Set.of("delivered", "failed", "expired", "cancelled", "dead_letter");

  String id() {
    return json.getString("id");
  }

  String state() {
    return json.getString("state");
  }

  /** Whether the state is one that nothing but a receipt or a person changes. */
  boolean isOver() {
    return OVER.contains(state());
  }

  /** Whether the work is done, with no promise of a receipt. */
  boolean isSentOrOver() {
    return isOver() || "sent".equals(state());
  }

  boolean isDelivered() {
    return "delivered".equals(state());
  }

  /** Its attempts, the oldest first. */
  public List<Attempt> attempts() {
    return objects("attempts").stream().map(Attempt::new).toList();
  }

  List<JsonObject> receipts() {
    return objects("receipts");
  }

  /** The number in its content: the simulator's lists show it too. */
  int number() {
    return Messages.number(json.getJsonObject("notification").getString("message"));
  }

  /** How many attempts were begun although an earlier one may have arrived. */
  long possibleDuplicates() {
    return attempts().stream().filter(Attempt::possibleDuplicate).count();
  }

  boolean has(String provider, String outcome) {
    return attempts().stream()
        .anyMatch(a -> a.provider().equals(provider) && a.outcome().equals(outcome));
  }

  private List<JsonObject> objects(String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }

  @Override
  public String toString() {
    return json.encodePrettily();
  }

  /** One attempt. */
  public record Attempt(JsonObject json) {
    String provider() {
      return json.getString("provider");
    }

    /** How it ended. */
    public String outcome() {
      return json.getString("outcome");
    }

    /** The round it belongs to, counted from 0. */
    int round() {
      return json.getInteger("round");
    }

    boolean possibleDuplicate() {
      return json.getBoolean("possible_duplicate");
    }

    JsonObject decision() {
      return json.getJsonObject("decision");
    }

    String providerMessageId() {
      return json.getString("provider_message_id");
    }

    long startedAtMillis() {
      return Instant.parse(json.getString("started_at")).toEpochMilli();
    }

    long endedAtMillis() {
      return Instant.parse(json.getString("ended_at")).toEpochMilli();
    }

    long durationMillis() {
      return json.getLong("duration_ms");
    }
  }
}

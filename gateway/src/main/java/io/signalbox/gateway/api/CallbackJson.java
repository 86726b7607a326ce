package io.signalbox.gateway.api;

import io.signalbox.gateway.compat.hooks.EcdsaKey;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of callback endpoints and their log. Secrets are shown where they are made. */
final class CallbackJson {
  private CallbackJson() {}

  static JsonObject write(CallbackEndpoint endpoint) {
    JsonObject json = new JsonObject().put("id", endpoint.id().toString());
    putIfKnown(json, "url", endpoint.url().isEmpty() ? null : endpoint.url());
    json.put("format", endpoint.form().format().wireName());
    putIfKnown(json, "signature_method", endpoint.form().signatureMethod());
    putIfKnown(json, "api_key", endpoint.form().apiKey());
    putIfKnown(json, "public_key", publicKey(endpoint));
    putIfKnown(json, "description", endpoint.description());
    json.put(
            "event_types",
            new JsonArray(endpoint.filters().stream().map(EventFilter::text).toList()))
        .put("enabled", endpoint.enabled());
    putIfKnown(json, "disabled_reason", endpoint.disabledReason());
    putTime(json, "disabled_at", endpoint.disabledAtMillis());
    putTime(json, "failing_since", endpoint.failingSinceMillis());
    JsonArray secrets = new JsonArray();
    endpoint.secrets().forEach(secret -> secrets.add(secret(secret)));
    return json.put("secrets", secrets)
        .put("created_at", TimelineJson.time(endpoint.createdAtMillis()))
        .put("updated_at", TimelineJson.time(endpoint.updatedAtMillis()));
  }

  /** What the receiver verifies by; null where that is the secret itself. */
  private static @Nullable String publicKey(CallbackEndpoint endpoint) {
    return endpoint.form().format() != CallbackFormat.SENDGRID || endpoint.secrets().isEmpty()
        ? null
        : EcdsaKey.publicKey(endpoint.secrets().get(0).value());
  }

  /** The entity tag: of what people can change. */
  static String tag(CallbackEndpoint endpoint) {
    return Etags.of(
        new JsonObject()
            .put("url", endpoint.url())
            .put("signature_method", endpoint.form().signatureMethod())
            .put("description", endpoint.description())
            .put("event_types", endpoint.filters().stream().map(EventFilter::text).toList())
            .put("enabled", endpoint.enabled()));
  }

  /** With the newest secret, which is shown this once, unless nobody but the gateway needs it. */
  static JsonObject writeWithSecret(CallbackEndpoint endpoint) {
    return endpoint.form().format() == CallbackFormat.SENDGRID
        ? write(endpoint)
        : write(endpoint).put("secret", endpoint.secrets().get(0).value().reveal());
  }

  private static JsonObject secret(CallbackSecret secret) {
    JsonObject json =
        new JsonObject().put("created_at", TimelineJson.time(secret.createdAtMillis()));
    if (secret.expiresAtMillis() != Long.MAX_VALUE) {
      json.put("expires_at", TimelineJson.time(secret.expiresAtMillis()));
    }
    return json;
  }

  static JsonObject page(List<CallbackDelivery> deliveries, int limit) {
    JsonArray list = new JsonArray();
    deliveries.forEach(delivery -> list.add(write(delivery)));
    JsonObject page = new JsonObject().put("deliveries", list);
    if (deliveries.size() == limit) {
      page.put("next", Long.toString(deliveries.get(limit - 1).key()));
    }
    return page;
  }

  private static JsonObject write(CallbackDelivery delivery) {
    JsonObject json =
        new JsonObject()
            .put("event_id", delivery.eventId())
            .put("event_type", delivery.type())
            .put("event_time", TimelineJson.time(delivery.occurredAtMillis()))
            .put("state", delivery.state().wireName())
            .put("attempts", delivery.attempts());
    putTime(json, "next_attempt_at", delivery.dueAtMillis());
    putTime(json, "attempted_at", delivery.attemptedAtMillis());
    if (delivery.attemptedAtMillis() > 0) {
      json.put("duration_ms", delivery.tookMillis());
    }
    if (delivery.httpStatus() > 0) {
      json.put("http_status", delivery.httpStatus());
    }
    putIfKnown(json, "error", delivery.error());
    return json;
  }

  private static void putTime(JsonObject json, String name, long millis) {
    if (millis > 0) {
      json.put(name, TimelineJson.time(millis));
    }
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}

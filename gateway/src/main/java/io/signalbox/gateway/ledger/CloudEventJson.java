package io.signalbox.gateway.ledger;

import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An event as CloudEvents 1.0 has it, in the JSON format of structured mode. */
public final class CloudEventJson {
  /** The media type of the JSON. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  private static final String SOURCE = "/signalbox";

  private CloudEventJson() {}

  /** The body of a callback. */
  public static Buffer write(NotificationEvent event) {
    JsonObject json =
        new JsonObject()
            .put("specversion", "1.0")
            .put("id", event.id())
            .put("source", SOURCE)
            .put("type", event.type());
    putIfKnown(
        json,
        "subject",
        event.notificationId() == null ? event.callbackId() : event.notificationId());
    return json.put("time", event.occurredAt().toString())
        .put("datacontenttype", "application/json")
        .put("data", data(event))
        .toBuffer();
  }

  private static JsonObject data(NotificationEvent event) {
    JsonObject data = new JsonObject().put("tenant", event.tenant());
    putIfKnown(data, "callback_id", event.callbackId());
    putIfKnown(data, "notification_id", event.notificationId());
    putIfKnown(data, "attempt_id", event.attemptId());
    putIfKnown(data, "provider", event.provider());
    putIfKnown(data, "provider_message_id", event.providerMessageId());
    putIfKnown(data, "channel", event.channel() == null ? null : event.channel().wireName());
    data.put("status", event.status()).put("reason", event.reason().wireName());
    putIfKnown(data, "provider_code", event.providerCode());
    putIfKnown(data, "provider_text", event.providerText());
    putIfKnown(data, "recipient", event.recipient());
    return data.put("occurred_at", event.occurredAt().toString())
        .put("received_at", event.receivedAt().toString());
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}

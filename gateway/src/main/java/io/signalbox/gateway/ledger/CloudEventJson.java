package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.events.NotificationEvent;
import io.signalbox.spi.events.OperationFacts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
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
    putIfKnown(json, "subject", subject(event));
    putIfKnown(json, TraceContext.HEADER, event.traceparent());
    return json.put("time", event.occurredAt().toString())
        .put("datacontenttype", "application/json")
        .put("data", data(event))
        .toBuffer();
  }

  private static @Nullable String subject(NotificationEvent event) {
    if (event.operation() != null) {
      return event.operation().id();
    }
    return event.notificationId() == null ? event.callbackId() : event.notificationId();
  }

  /** Where the notification of a written event stands in a trace; empty if it is about none. */
  public static Optional<TraceContext> trace(Buffer written) {
    return TraceContext.parse(written.toJsonObject().getString(TraceContext.HEADER));
  }

  private static JsonObject data(NotificationEvent event) {
    JsonObject data = new JsonObject().put("tenant", event.tenant());
    putIfKnown(data, "callback_id", event.callbackId());
    putIfKnown(data, "notification_id", event.notificationId());
    OperationFacts operation = event.operation();
    if (operation != null) {
      data.put("operation_id", operation.id());
      putIfKnown(data, "provider_id", operation.providerId());
      putIfKnown(data, "problem", operation.problem());
      if (operation.result() != null) {
        data.put("result", new JsonObject(operation.result()));
      }
    }
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

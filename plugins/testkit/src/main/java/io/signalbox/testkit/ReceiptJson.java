package io.signalbox.testkit;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results of webhooks as JSON, to be compared with files: an array of receipts; or {@code
 * {"answer":..}}; or {@code {"refused":..}}. Fields that are null are left out.
 */
final class ReceiptJson {
  private ReceiptJson() {}

  static Object of(WebhookResult result) {
    if (result instanceof WebhookResult.Verified verified) {
      JsonArray receipts = new JsonArray();
      verified.receipts().forEach(receipt -> receipts.add(of(receipt)));
      return receipts;
    }
    if (result instanceof WebhookResult.Answer answer) {
      return new JsonObject().put("answer", answer.body());
    }
    return new JsonObject().put("refused", ((WebhookResult.Refused) result).refusal().name());
  }

  /** One field of all receipts of such a result; nothing if it has none. */
  static Stream<String> values(Object result, String key) {
    return result instanceof JsonArray receipts
        ? receipts.stream()
            .map(JsonObject.class::cast)
            .flatMap(receipt -> Stream.ofNullable(receipt.getString(key)))
        : Stream.empty();
  }

  private static JsonObject of(Receipt receipt) {
    JsonObject json = new JsonObject();
    put(json, "event_id", receipt.eventId());
    put(json, "attempt_id", receipt.attemptId());
    put(json, "provider_message_id", receipt.providerMessageId());
    put(json, "status", receipt.status().wireName());
    put(json, "reason", receipt.reason().wireName());
    put(json, "provider_status", receipt.providerStatus());
    put(json, "provider_code", receipt.providerCode());
    put(json, "provider_text", receipt.providerText());
    put(json, "recipient", receipt.recipient());
    put(json, "occurred_at", receipt.occurredAt().toString());
    return json;
  }

  private static void put(JsonObject json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}

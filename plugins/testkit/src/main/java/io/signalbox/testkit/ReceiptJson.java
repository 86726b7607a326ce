package io.signalbox.testkit;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results of webhooks as JSON, to be compared with files: an array of receipts, changes of bookings
 * and news of rentals; or {@code {"answer":..}}; or {@code {"refused":..}}. Fields that are null
 * are left out.
 */
final class ReceiptJson {
  private ReceiptJson() {}

  static Object of(WebhookResult result) {
    if (result instanceof WebhookResult.Verified verified) {
      JsonArray receipts = new JsonArray();
      verified.receipts().forEach(receipt -> receipts.add(of(receipt)));
      verified.bookings().forEach(change -> receipts.add(of(change)));
      verified.rentals().forEach(news -> receipts.add(of(news)));
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

  private static JsonObject of(BookingChange change) {
    JsonObject json = new JsonObject();
    put(json, "event_id", change.eventId());
    put(json, "attempt_id", change.attemptId());
    put(json, "uid", change.uid());
    put(json, "moved_from", change.movedFrom());
    put(json, "state", change.state().wireName());
    put(json, "start", change.start() == null ? null : change.start().toString());
    put(json, "end", change.end() == null ? null : change.end().toString());
    put(json, "provider_event", change.providerEvent());
    put(json, "reason", change.reason());
    put(json, "occurred_at", change.occurredAt().toString());
    return json;
  }

  private static JsonObject of(RentalNews news) {
    JsonObject json = new JsonObject();
    put(json, "event_id", news.eventId());
    put(json, "rental_id", news.rentalId());
    put(json, "code", news.code());
    put(json, "text", news.text());
    put(json, "occurred_at", news.occurredAt().toString());
    return json;
  }

  private static void put(JsonObject json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}

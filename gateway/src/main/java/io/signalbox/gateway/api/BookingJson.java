package io.signalbox.gateway.api;

import io.signalbox.gateway.booking.BookingReading.Seen;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationResult;
import io.vertx.core.json.JsonObject;

/** The JSON form of bookings, and of those that are not made yet. */
final class BookingJson {
  private BookingJson() {}

  /** All of one. */
  static JsonObject write(Operation operation) {
    return OperationView.explain(summary(operation), operation);
  }

  /** All of one, and how old that is. */
  static JsonObject write(Seen seen) {
    JsonObject json = write(seen.operation());
    if (seen.operation().result() != null) {
      json.put("stale", seen.staleBecause() != null).put("age_seconds", seen.ageMillis() / 1_000);
      if (seen.staleBecause() != null) {
        json.put("stale_because", seen.staleBecause());
      }
    }
    return json;
  }

  /** The same without who was tried and why. */
  static JsonObject summary(Operation operation) {
    JsonObject json = OperationView.write(operation);
    // The provider that was asked for is the one that did it.
    json.mergeIn(operation.request());
    OperationResult result = operation.result();
    return result == null ? json : json.put("provider", result.provider()).mergeIn(result.shown());
  }
}

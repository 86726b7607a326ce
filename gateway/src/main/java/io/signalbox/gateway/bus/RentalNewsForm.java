package io.signalbox.gateway.bus;

import io.signalbox.spi.RentalNews;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** How what a webhook says of a rented number travels between nodes. Pure functions. */
final class RentalNewsForm {
  private RentalNewsForm() {}

  static JsonObject write(RentalNews news) {
    return new JsonObject()
        .put("event_id", news.eventId())
        .put("rental", news.rentalId())
        .put("code", news.code())
        .put("text", news.text())
        .put("occurred_at", news.occurredAt().toString());
  }

  static RentalNews news(JsonObject json) {
    return new RentalNews(
        NodeForms.text(json, "event_id"),
        NodeForms.text(json, "rental"),
        json.getString("code"),
        json.getString("text"),
        Instant.parse(NodeForms.text(json, "occurred_at")));
  }
}

package io.signalbox.gateway.ledger;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a provider's statement about a booking, as it is stored and travels to other nodes.
 * Pure functions.
 */
public final class BookingChangeJson {
  private BookingChangeJson() {}

  /** Writes a statement. */
  public static JsonObject write(BookingChange change) {
    return new JsonObject()
        .put("event_id", change.eventId())
        .put("attempt", change.attemptId())
        .put("uid", change.uid())
        .put("moved_from", change.movedFrom())
        .put("state", change.state().name())
        .put("start", text(change.start()))
        .put("end", text(change.end()))
        .put("provider_event", change.providerEvent())
        .put("reason", change.reason())
        .put("occurred_at", change.occurredAt().toString());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException if it is nothing of the kind
   */
  public static BookingChange read(JsonObject json) {
    return new BookingChange(
        required(json, "event_id"),
        json.getString("attempt"),
        required(json, "uid"),
        json.getString("moved_from"),
        BookingState.valueOf(required(json, "state")),
        time(json.getString("start")),
        time(json.getString("end")),
        required(json, "provider_event"),
        json.getString("reason"),
        Instant.parse(required(json, "occurred_at")));
  }

  private static String required(JsonObject json, String field) {
    return Objects.requireNonNull(json.getString(field), field);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}

package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documented parameters of {@code GET /v2/bookings} and {@code GET /v2/slots}. */
final class BookingQuery {
  /** A list shows no more than this, the newest first. */
  private static final int PAGE = 100;

  private final Map<String, List<String>> parameters;

  BookingQuery(@Nullable String query) {
    this.parameters = Fields.form(query).orElse(Map.of());
  }

  /** The bookings that fit. */
  JsonArray list(List<SimulatedBooking> bookings, Instant now) throws RefusedException {
    String email = Fields.first(parameters, "attendeeEmail");
    String status = Fields.first(parameters, "status");
    String type = Fields.first(parameters, "eventTypeId");
    Instant createdAfter = time("afterCreatedAt");
    Instant startsAfter = time("afterStart");
    Instant endsBefore = time("beforeEnd");
    JsonArray fitting = new JsonArray();
    for (SimulatedBooking booking : bookings) {
      boolean fits =
          (email == null || email.equalsIgnoreCase(booking.recipient()))
              && (createdAfter == null || !booking.createdAt().isBefore(createdAfter))
              && (startsAfter == null || !booking.start().isBefore(startsAfter))
              && (endsBefore == null || !booking.end().isAfter(endsBefore))
              && (type == null || type.equals(Long.toString(booking.wish().type().id())))
              && (status == null || has(booking, status, now));
      if (fits && fitting.size() < PAGE) {
        fitting.add(booking.toData());
      }
    }
    return fitting;
  }

  /** A time; null if there is none. */
  @Nullable Instant time(String name) throws RefusedException {
    String text = Fields.first(parameters, name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw RefusedException.invalid(name + " must be a valid ISO 8601 date string");
    }
  }

  /** The event type that is asked for. */
  EventType eventType() throws RefusedException {
    String id = Fields.first(parameters, "eventTypeId");
    return EventType.ALL.stream()
        .filter(type -> Long.toString(type.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> RefusedException.noEventType("id " + id));
  }

  private static boolean has(SimulatedBooking booking, String status, Instant now) {
    return switch (status) {
      case "upcoming" -> booking.isLive() && booking.end().isAfter(now);
      case "past" -> !booking.end().isAfter(now);
      case "cancelled" -> booking.status().equals("cancelled");
      case "unconfirmed" -> booking.isPending();
      default -> false;
    };
  }
}

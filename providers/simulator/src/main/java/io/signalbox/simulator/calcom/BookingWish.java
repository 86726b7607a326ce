package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to book that has been checked.
 *
 * @param attendee as it was sent: name, time zone, and an address, a number or both
 * @param metadata the client's own values
 */
record BookingWish(
    EventType type,
    Instant start,
    long minutes,
    JsonObject attendee,
    JsonArray guests,
    JsonObject metadata,
    JsonObject responses) {
  private static final int MAX_METADATA = 50;
  private static final int MAX_KEY = 40;
  private static final int MAX_VALUE = 500;
  private static final int MAX_MINUTES = 24 * 60;

  /** The wish in a body. */
  static BookingWish of(JsonObject body) throws RefusedException {
    JsonObject attendee = attendee(body);
    JsonObject metadata = metadata(body);
    Instant start = start(body);
    EventType type = type(body);
    return new BookingWish(
        type,
        start,
        minutes(body, type),
        attendee,
        Fields.array(body, "guests"),
        metadata,
        Fields.object(body, "bookingFieldsResponses"));
  }

  /** The time in a body. */
  static Instant start(JsonObject body) throws RefusedException {
    String start = Fields.text(body, "start");
    if (start == null) {
      throw RefusedException.invalid("start must be a valid ISO 8601 date string");
    }
    try {
      return Instant.parse(start);
    } catch (DateTimeException e) {
      throw RefusedException.invalid("start must be a valid ISO 8601 date string");
    }
  }

  private static EventType type(JsonObject body) throws RefusedException {
    Object id = body.getValue("eventTypeId");
    if (id instanceof Integer || id instanceof Long) {
      return EventType.find(((Number) id).longValue())
          .orElseThrow(() -> RefusedException.noEventType("id " + id));
    }
    String slug = Fields.filled(body, "eventTypeSlug");
    if (slug == null) {
      throw RefusedException.invalid(
          "eventTypeId, or eventTypeSlug with username or teamSlug, must be there");
    }
    return EventType.find(slug, Fields.text(body, "username"))
        .orElseThrow(() -> RefusedException.noEventType("slug " + slug));
  }

  private static JsonObject attendee(JsonObject body) throws RefusedException {
    JsonObject attendee = Fields.object(body, "attendee");
    if (Fields.filled(attendee, "name") == null) {
      throw RefusedException.invalid("attendee.name must be a string");
    }
    if (!isTimeZone(Fields.text(attendee, "timeZone"))) {
      throw RefusedException.invalid("attendee.timeZone must be a valid IANA time-zone");
    }
    String email = Fields.text(attendee, "email");
    if (email == null && Fields.filled(attendee, "phoneNumber") == null) {
      throw RefusedException.invalid("attendee.email or attendee.phoneNumber must be there");
    }
    if (email != null && email.indexOf('@') < 1) {
      throw RefusedException.invalid("attendee.email must be an email");
    }
    return attendee;
  }

  private static boolean isTimeZone(@Nullable String zone) {
    return zone != null && ZoneId.getAvailableZoneIds().contains(zone);
  }

  private static JsonObject metadata(JsonObject body) throws RefusedException {
    JsonObject metadata = Fields.object(body, "metadata");
    boolean good = metadata.size() <= MAX_METADATA;
    for (Map.Entry<String, Object> entry : metadata) {
      good &=
          entry.getKey().length() <= MAX_KEY
              && entry.getValue() instanceof String value
              && value.length() <= MAX_VALUE;
    }
    if (!good) {
      throw RefusedException.invalid(
          "metadata must have at most 50 keys of at most 40 characters, and values that are"
              + " strings of at most 500 characters");
    }
    return metadata;
  }

  private static long minutes(JsonObject body, EventType type) throws RefusedException {
    Object minutes = body.getValue("lengthInMinutes");
    if (minutes == null) {
      return type.minutes();
    }
    if (minutes instanceof Integer number && number > 0 && number <= MAX_MINUTES) {
      return number;
    }
    throw RefusedException.invalid("lengthInMinutes must be a positive number");
  }
}

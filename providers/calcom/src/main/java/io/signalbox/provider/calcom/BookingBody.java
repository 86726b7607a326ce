package io.signalbox.provider.calcom;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bodies of {@code POST /v2/bookings}. */
final class BookingBody {
  static final int MAX_METADATA = 50;
  static final int MAX_KEY = 40;
  static final int MAX_VALUE = 500;

  private final EventTypes eventTypes;

  BookingBody(EventTypes eventTypes) {
    this.eventTypes = eventTypes;
  }

  /** What cannot be asked for need not travel. */
  Optional<Outcome> refusal(BookingRequest request) {
    if (eventTypes.fields(request.eventType()).isEmpty()) {
      return NotSent.rejected(
          ReasonClass.INVALID_CONTENT,
          "event_type",
          "the event type is neither a number, nor in event_types, nor a slug of the configured"
              + " username or team_slug");
    }
    Duration duration = request.duration();
    return duration == null || isWholeMinutes(duration)
        ? Optional.empty()
        : NotSent.rejected(
            ReasonClass.INVALID_CONTENT, "duration", "a booking takes whole minutes, 1 at least");
  }

  /** The booking, with our attempt id among the metadata that lists show. */
  JsonObject of(BookingRequest request) {
    JsonObject body =
        new JsonObject()
            .put("start", request.start().toString())
            .put("attendee", attendee(request.attendee()))
            .put("metadata", metadata(request.labels(), request.attemptId()));
    eventTypes.fields(request.eventType()).ifPresent(body::mergeIn);
    Duration duration = request.duration();
    if (duration != null) {
      body.put("lengthInMinutes", duration.toMinutes());
    }
    return body;
  }

  private static boolean isWholeMinutes(Duration duration) {
    return duration.toMinutes() > 0 && duration.equals(Duration.ofMinutes(duration.toMinutes()));
  }

  private static JsonObject attendee(Attendee attendee) {
    JsonObject fields =
        new JsonObject().put("name", attendee.name()).put("timeZone", attendee.timeZone());
    if (attendee.email() != null) {
      fields.put("email", attendee.email());
    }
    if (attendee.phone() != null) {
      fields.put("phoneNumber", attendee.phone());
    }
    if (attendee.language() != null) {
      fields.put("language", attendee.language());
    }
    return fields;
  }

  /** Our own value first; labels in the order of their names, as many as fit. */
  private static JsonObject metadata(Map<String, String> labels, String attemptId) {
    JsonObject metadata = new JsonObject().put(Correlation.NAME, attemptId);
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              boolean fits =
                  !name.isEmpty()
                      && name.length() <= MAX_KEY
                      && value.length() <= MAX_VALUE
                      && metadata.size() < MAX_METADATA;
              if (fits && !metadata.containsKey(name)) {
                metadata.put(name, value);
              }
            });
    return metadata;
  }
}

package io.signalbox.provider.calcom;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One webhook, normalised. */
final class BookingEvent {
  private static final String RESCHEDULED = "BOOKING_RESCHEDULED";

  /** What the events of a booking say of its state; all others leave it as it is. */
  private static final Map<String, BookingState> STATES =
      Map.of(
          "BOOKING_CREATED",
          BookingState.ACCEPTED,
          "BOOKING_REQUESTED",
          BookingState.PENDING,
          "BOOKING_PAYMENT_INITIATED",
          BookingState.PENDING,
          "BOOKING_PAID",
          BookingState.ACCEPTED,
          RESCHEDULED,
          BookingState.ACCEPTED,
          "BOOKING_REJECTED",
          BookingState.REJECTED,
          "BOOKING_CANCELLED",
          BookingState.CANCELLED);

  /** Events after which a booking may still wait for its confirmation, as its status tells. */
  private static final Set<String> TOLD_BY_STATUS =
      Set.of("BOOKING_CREATED", "BOOKING_PAID", RESCHEDULED);

  private BookingEvent() {}

  /**
   * What an event says of a booking; empty if it leaves the booking as it is, or names none, as
   * tests of a webhook do.
   *
   * @param body the whole event as it came
   */
  static Optional<BookingChange> change(
      String trigger, JsonObject event, Buffer body, Instant receivedAt) {
    BookingState state = STATES.get(trigger);
    JsonObject payload = payload(event);
    String uid = JsonBody.text(payload, "uid");
    if (state == null || uid == null || !BookingJson.isUid(uid)) {
      return Optional.empty();
    }
    if (TOLD_BY_STATUS.contains(trigger)) {
      state = BookingJson.state(JsonBody.text(payload, "status")).orElse(state);
    }
    String before = JsonBody.text(payload, "rescheduleUid");
    boolean moved = trigger.equals(RESCHEDULED) && BookingJson.isUid(before) && !uid.equals(before);
    Instant time = BookingJson.time(JsonBody.text(event, "createdAt"));
    return Optional.of(
        new BookingChange(
            // Events have no id; one without a time is told from others by all that it says.
            trigger
                + "/"
                + uid
                + "/"
                + (time == null ? Sha256.hex(body.getBytes()) : time.toString()),
            BookingJson.attemptId(payload),
            uid,
            moved ? before : null,
            state,
            BookingJson.time(JsonBody.text(payload, "startTime")),
            BookingJson.time(JsonBody.text(payload, "endTime")),
            trigger,
            reason(payload),
            time == null ? receivedAt : time));
  }

  /** The booking may stand at the root, beside the event's name. */
  private static JsonObject payload(JsonObject event) {
    JsonObject payload = JsonBody.object(event, "payload");
    return payload.containsKey("uid") ? payload : event;
  }

  private static @Nullable String reason(JsonObject payload) {
    String cancelled = JsonBody.text(payload, "cancellationReason");
    String reason = cancelled == null ? JsonBody.text(payload, "rejectionReason") : cancelled;
    return reason == null || reason.isBlank() ? null : reason;
  }
}

package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One booking, and the forms that calls and webhooks show it in. For one event loop. */
final class SimulatedBooking {
  private static final String REFERENCE = "signalbox_attempt";
  private static final String HOST = "Pro Example";
  private static final String HOST_EMAIL = "pro@example.com";
  private static final String ZONE = "Europe/London";
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final long id;
  private final String uid;
  private final BookingWish wish;
  private final Instant start;
  private final Instant createdAt;
  private final @Nullable SimulatedBooking movedFrom;
  private String status;
  private @Nullable String reason;

  /**
   * A new booking.
   *
   * @param movedFrom the booking that it takes the place of; null if it is none
   */
  SimulatedBooking(
      long id,
      String uid,
      BookingWish wish,
      Instant start,
      Instant createdAt,
      @Nullable SimulatedBooking movedFrom) {
    this.id = id;
    this.uid = uid;
    this.wish = wish;
    this.start = start;
    this.createdAt = createdAt;
    this.movedFrom = movedFrom;
    this.status = wish.type().confirmed() ? "pending" : "accepted";
  }

  String uid() {
    return uid;
  }

  BookingWish wish() {
    return wish;
  }

  Instant start() {
    return start;
  }

  Instant end() {
    return start.plusSeconds(wish.minutes() * 60);
  }

  Instant createdAt() {
    return createdAt;
  }

  String status() {
    return status;
  }

  /** Whether it holds its time: it stands, or waits for the host. */
  boolean isLive() {
    return status.equals("accepted") || status.equals("pending");
  }

  boolean isPending() {
    return status.equals("pending");
  }

  void become(String newStatus, @Nullable String why) {
    status = newStatus;
    reason = why;
  }

  @Nullable String reference() {
    return Fields.text(wish.metadata(), REFERENCE);
  }

  String title() {
    return wish.type().slug() + " between " + HOST + " and " + Fields.text(wish.attendee(), "name");
  }

  /** The address of the attendee, or the number where there is none. */
  String recipient() {
    String email = Fields.text(wish.attendee(), "email");
    return email == null ? String.valueOf(Fields.text(wish.attendee(), "phoneNumber")) : email;
  }

  static String time(Instant time) {
    return MILLIS.format(time);
  }

  /** The form of the API. */
  JsonObject toData() {
    JsonObject data =
        new JsonObject()
            .put("id", id)
            .put("uid", uid)
            .put("title", title())
            .put("description", "")
            .put("hosts", new JsonArray().add(host().put("timeZone", ZONE)))
            .put("status", status)
            .put("start", time(start))
            .put("end", time(end()))
            .put("duration", wish.minutes())
            .put("eventTypeId", wish.type().id())
            .put(
                "eventType",
                new JsonObject().put("id", wish.type().id()).put("slug", wish.type().slug()))
            .put("meetingUrl", meetingUrl())
            .put("location", meetingUrl())
            .put("absentHost", false)
            .put("attendees", new JsonArray().add(wish.attendee().copy().put("absent", false)))
            .put("guests", wish.guests())
            .put("bookingFieldsResponses", wish.responses())
            .put("metadata", wish.metadata())
            .put("createdAt", time(createdAt));
    if (movedFrom != null) {
      data.put("rescheduledFromUid", movedFrom.uid);
    }
    if (status.equals("cancelled") && reason != null) {
      data.put("cancellationReason", reason);
    }
    return data;
  }

  /** The payload of a webhook. */
  JsonObject toPayload() {
    JsonObject payload =
        new JsonObject()
            .put("type", wish.type().slug())
            .put("title", title())
            .put("description", "")
            .put("additionalNotes", "")
            .put("startTime", start.toString())
            .put("endTime", end().toString())
            .put("organizer", person(HOST, HOST_EMAIL, ZONE, "en").put("id", 5))
            .put("attendees", new JsonArray().add(attendee()))
            .put("location", "integrations:daily")
            .put("requiresConfirmation", wish.type().confirmed() ? true : null)
            .put("eventTypeId", wish.type().id())
            .put("uid", uid)
            .put("eventTitle", wish.type().slug())
            .put("price", 0)
            .put("currency", "usd")
            .put("length", wish.minutes())
            .put("bookingId", id)
            .put("metadata", wish.metadata().copy().put("videoCallUrl", meetingUrl()))
            .put("status", status.toUpperCase(Locale.ROOT));
    if (movedFrom != null) {
      payload
          .put("rescheduleId", movedFrom.id)
          .put("rescheduleUid", movedFrom.uid)
          .put("rescheduleStartTime", movedFrom.start.toString())
          .put("rescheduleEndTime", movedFrom.end().toString());
    }
    if (status.equals("cancelled")) {
      payload.put("cancellationReason", reason);
    }
    if (status.equals("rejected")) {
      payload.put("rejectionReason", reason);
    }
    return payload;
  }

  /** The form in which control calls show it. */
  JsonObject toEntry() {
    return new JsonObject()
        .put("uid", uid)
        .put("reference", reference())
        .put("status", status)
        .put("live", isLive())
        .put("event_type", wish.type().slug())
        .put("start", start.toString())
        .put("end", end().toString())
        .put("attendee", recipient())
        .put("created_at", createdAt.toString())
        .put("moved_from", movedFrom == null ? null : movedFrom.uid);
  }

  private String meetingUrl() {
    return "https://app.cal.com/video/" + uid;
  }

  private JsonObject attendee() {
    String language = Fields.text(wish.attendee(), "language");
    return person(
        String.valueOf(Fields.text(wish.attendee(), "name")),
        Fields.text(wish.attendee(), "email"),
        String.valueOf(Fields.text(wish.attendee(), "timeZone")),
        language == null ? "en" : language);
  }

  private static JsonObject host() {
    return new JsonObject()
        .put("id", 5)
        .put("name", HOST)
        .put("email", HOST_EMAIL)
        .put("username", EventType.USERNAME);
  }

  private static JsonObject person(
      String name, @Nullable String email, String zone, String language) {
    return new JsonObject()
        .put("name", name)
        .put("email", email)
        .put("timeZone", zone)
        .put("language", new JsonObject().put("locale", language));
  }
}

package io.signalbox.gateway.booking;

import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the document cannot say of a body: times that must be to come, time zones that there are.
 * Pure functions; the bodies have passed the document's own check.
 */
public final class BookingRules {
  private static final int MOST_METADATA = 50;

  private BookingRules() {}

  /**
   * The mistakes of a body that asks for a booking; empty if there are none. Afterwards its times
   * are in the form that {@link BookingWish#of} reads.
   */
  public static List<FieldProblem> check(JsonObject body, Instant now) {
    List<FieldProblem> problems = new ArrayList<>();
    start(body, now, problems);
    JsonObject attendee = body.getJsonObject("attendee");
    if (attendee.getString("email") == null && attendee.getString("phone") == null) {
      problems.add(new FieldProblem("/attendee", "must have email, phone or both"));
    }
    if (!isZone(attendee.getString("time_zone"))) {
      problems.add(
          new FieldProblem(
              "/attendee/time_zone", "must be a time zone of the IANA, such as Europe/London"));
    }
    if (body.getJsonObject("metadata", new JsonObject()).size() > MOST_METADATA) {
      problems.add(new FieldProblem("/metadata", "must have at most " + MOST_METADATA + " values"));
    }
    if (body.getInteger("queue_for_seconds") != null
        && !body.getBoolean("queue_if_unavailable", false)) {
      problems.add(new FieldProblem("/queue_for_seconds", "needs queue_if_unavailable to be true"));
    }
    return problems;
  }

  /** The same of a body that moves a booking. */
  public static List<FieldProblem> checkMove(JsonObject body, Instant now) {
    List<FieldProblem> problems = new ArrayList<>();
    start(body, now, problems);
    return problems;
  }

  /**
   * How long a booking may wait for a provider that can be asked: never past its begin.
   *
   * @param usual where the body does not say
   * @param longest more is not granted
   * @return zero if it is not to wait
   */
  public static Duration patience(JsonObject body, Instant now, Duration usual, Duration longest) {
    if (!body.getBoolean("queue_if_unavailable", false)) {
      return Duration.ZERO;
    }
    Integer seconds = body.getInteger("queue_for_seconds");
    Duration wanted = seconds == null ? usual : Duration.ofSeconds(seconds);
    Duration until = Duration.between(now, Instant.parse(body.getString("start")));
    return shorter(shorter(wanted, longest), until);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static void start(JsonObject body, Instant now, List<FieldProblem> problems) {
    Instant start = time(body.getString("start"));
    if (start == null) {
      problems.add(new FieldProblem("/start", "must be a time, such as 2026-01-05T09:30:00Z"));
    } else if (!start.isAfter(now)) {
      problems.add(new FieldProblem("/start", "must be a time to come"));
    } else {
      body.put("start", start.toString());
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean isZone(String name) {
    try {
      return ZoneId.getAvailableZoneIds().contains(ZoneId.of(name).getId());
    } catch (DateTimeException e) {
      return false;
    }
  }
}

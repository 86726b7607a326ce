package io.signalbox.provider.calcom;

import io.signalbox.spi.BookingState;
import io.signalbox.spi.operation.Booking;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads bookings as the API writes them. What is not as documented is absent. */
final class BookingJson {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
  private static final long MAX_MINUTES = Duration.ofDays(366).toMinutes();

  private BookingJson() {}

  /** Whether a text can be the uid of a booking, and so stand in a path. */
  static boolean isUid(@Nullable String text) {
    return text != null && UID.matcher(text).matches();
  }

  /**
   * The booking in an answer. Event types that recur answer with the list of their bookings, of
   * which the first one is taken.
   */
  static Optional<Booking> booking(Answered answer) {
    Object data = data(answer);
    if (data instanceof JsonArray several) {
      return booking(JsonBody.object(several, 0));
    }
    return data instanceof JsonObject one ? booking(one) : Optional.empty();
  }

  /** The list in an answer; empty if it is none. */
  static Optional<List<JsonObject>> list(Answered answer) {
    if (!(data(answer) instanceof JsonArray array)) {
      return Optional.empty();
    }
    boolean whole = array.stream().allMatch(JsonObject.class::isInstance);
    return whole
        ? Optional.of(array.stream().map(JsonObject.class::cast).toList())
        : Optional.empty();
  }

  /** A booking; empty if it lacks what every booking has. */
  static Optional<Booking> booking(JsonObject json) {
    String uid = JsonBody.text(json, "uid");
    Instant start = time(JsonBody.text(json, "start"));
    Instant end = end(json, start);
    if (uid == null || !isUid(uid) || start == null || end == null) {
      return Optional.empty();
    }
    String from = JsonBody.text(json, "rescheduledFromUid");
    return Optional.of(
        new Booking(
            uid,
            // It is there: of a state that is not documented nothing more can be said.
            state(JsonBody.text(json, "status")).orElse(BookingState.PENDING),
            start,
            end,
            JsonBody.text(json, "title"),
            JsonBody.text(json, "meetingUrl"),
            isUid(from) ? from : null));
  }

  /** Our name of the attempt, as the metadata of a booking echoes it; null if they do not. */
  static @Nullable String attemptId(JsonObject booking) {
    JsonObject metadata = JsonBody.object(booking, "metadata");
    return Correlation.attemptId(JsonBody.text(metadata, Correlation.NAME));
  }

  /** The state of a word, in answers in lower case and in webhooks in upper case. */
  static Optional<BookingState> state(@Nullable String word) {
    return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
      case "accepted" -> Optional.of(BookingState.ACCEPTED);
      case "pending" -> Optional.of(BookingState.PENDING);
      case "cancelled" -> Optional.of(BookingState.CANCELLED);
      case "rejected" -> Optional.of(BookingState.REJECTED);
      default -> Optional.empty();
    };
  }

  /** A time of the years that every calendar has; null if the text is none. */
  static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant end(JsonObject json, @Nullable Instant start) {
    Instant end = time(JsonBody.text(json, "end"));
    OptionalLong minutes = JsonBody.integer(json, "duration");
    if (end != null || start == null || minutes.isEmpty()) {
      return end;
    }
    long length = minutes.getAsLong();
    return length < 0 || length > MAX_MINUTES ? null : start.plusSeconds(length * 60);
  }

  private static @Nullable Object data(Answered answer) {
    return JsonBody.object(answer.body())
        .filter(body -> "success".equals(JsonBody.text(body, "status")))
        .map(body -> body.getValue("data"))
        .orElse(null);
  }
}

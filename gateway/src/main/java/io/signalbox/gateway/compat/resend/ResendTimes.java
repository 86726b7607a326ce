package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.Mistakes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code scheduled_at}. Pure functions. */
final class ResendTimes {
  private static final Pattern FROM_NOW =
      Pattern.compile(
          "in (an?|one|[0-9]{1,5})"
              + " (s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)");

  private ResendTimes() {}

  /**
   * The time that a text says.
   *
   * @param text null for none
   * @return null for none, or for what was noted as a mistake
   */
  static @Nullable Instant read(
      @Nullable String text, Instant now, String field, Mistakes mistakes) {
    if (text == null) {
      return null;
    }
    Matcher fromNow = FROM_NOW.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (fromNow.matches()) {
      long count =
          Character.isDigit(fromNow.group(1).charAt(0)) ? Long.parseLong(fromNow.group(1)) : 1;
      return now.plus(unit(fromNow.group(2).charAt(0)).multipliedBy(count));
    }
    try {
      return OffsetDateTime.parse(text.trim()).toInstant();
    } catch (DateTimeException e) {
      mistakes.add(
          field,
          "must be a time as in ISO 8601 with its zone, such as 2026-05-04T09:30:00Z, or one from"
              + " now on, such as in 5 minutes; other words say a time only with somebody's zone");
      return null;
    }
  }

  private static Duration unit(char first) {
    return switch (first) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      case 'h' -> Duration.ofHours(1);
      case 'd' -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}

package io.signalbox.gateway.callback;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfterHeader {
  private static final int MOST_DIGITS = 9;

  private RetryAfterHeader() {}

  /** The wait; zero if the header is missing, not readable or in the past. */
  static Duration parse(@Nullable String value, Instant now) {
    if (value == null) {
      return Duration.ZERO;
    }
    String text = value.trim();
    if (text.matches("\\d{1," + MOST_DIGITS + "}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}

package io.signalbox.provider.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as APIs write them: ISO 8601 with an offset, unix seconds, unix milliseconds. */
final class EventTimes {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d+)?");

  /** Twelve digits are milliseconds since 1973, and seconds only after the year 5000. */
  private static final Pattern MILLIS = Pattern.compile("\\d{12,15}");

  private EventTimes() {}

  /** The time; the other one if the text is none. */
  static Instant parse(@Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    if (SECONDS.matcher(text).matches()) {
      int dot = text.indexOf('.');
      return Instant.ofEpochSecond(Long.parseLong(dot < 0 ? text : text.substring(0, dot)));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}

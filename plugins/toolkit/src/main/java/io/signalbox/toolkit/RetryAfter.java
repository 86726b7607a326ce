package io.signalbox.toolkit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to be left alone. No value of a header makes these throw. */
public final class RetryAfter {
  /** Longest wait that is believed: a provider cooled down for longer would look dead. */
  public static final Duration MAX = Duration.ofHours(1);

  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  private RetryAfter() {}

  /**
   * Reads a {@code Retry-After} header: seconds, or an HTTP date.
   *
   * @param header its value; null if it is missing
   * @param now the time of the gateway
   * @return 0 to {@link #MAX}; empty if the header is missing or neither
   */
  public static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    String text = header.trim();
    if (DIGITS.matcher(text).matches()) {
      return Optional.of(ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(clamp(Duration.between(now, date)));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a header that names the unix second at which calls are welcome again.
   *
   * @param header its value; null if it is missing
   * @param now the time of the gateway
   * @return 0 to {@link #MAX}; empty if the header is missing or not a number
   */
  public static Optional<Duration> parseEpochSecond(@Nullable String header, Instant now) {
    if (header == null || !DIGITS.matcher(header.trim()).matches()) {
      return Optional.empty();
    }
    return Optional.of(ofSeconds(Long.parseLong(header.trim()) - now.getEpochSecond()));
  }

  /**
   * {@return a number of seconds, brought into the range 0 to {@link #MAX}}
   *
   * @param seconds any number
   */
  public static Duration ofSeconds(long seconds) {
    return Duration.ofSeconds(Math.max(0, Math.min(seconds, MAX.toSeconds())));
  }

  private static Duration clamp(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }
}

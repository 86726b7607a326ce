package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.model.NotificationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as providers write them, all of UTC. */
final class HookTimes {
  private static final DateTimeFormatter MILLIS = pattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter SEVEN_DIGITS = pattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
  private static final DateTimeFormatter MINUTE = pattern("uuMMddHHmm");
  private static final DateTimeFormatter SPACED = pattern("uuuu-MM-dd HH:mm:ss");

  /** Of a UUIDv7: how many bits of its first half are behind the time. */
  private static final int BITS_BEHIND_TIME = 16;

  private HookTimes() {}

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** As JavaScript does. */
  static String millis(Instant at) {
    return MILLIS.format(at);
  }

  /** As Postmark does. */
  static String sevenDigits(Instant at) {
    return SEVEN_DIGITS.format(at);
  }

  /** As receipts of SMS do: {@code 2601010000}. */
  static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** As Vonage does. */
  static String spaced(Instant at) {
    return SPACED.format(at);
  }

  /** When a notification was accepted: its id says. */
  static Instant of(NotificationId id) {
    return Instant.ofEpochMilli(id.toUuid().getMostSignificantBits() >>> BITS_BEHIND_TIME);
  }
}

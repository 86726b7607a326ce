package io.signalbox.toolkit.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a signed time may lie from now, in both directions: replays are old, and a clock that
 * runs ahead is wrong too.
 */
public final class TimestampTolerance {

  /** Accepts any time, for senders that may re-send what they signed long ago. */
  public static final TimestampTolerance ANY_TIME = new TimestampTolerance(null);

  /** Twelve digits reach past the year 30000, and nothing computed from them overflows. */
  private static final Pattern UNIX_SECONDS = Pattern.compile("\\d{1,12}");

  private final @Nullable Duration limit;

  private TimestampTolerance(@Nullable Duration limit) {
    this.limit = limit;
  }

  /**
   * {@return a limited tolerance; exactly at the limit still counts as fresh}
   *
   * @param limit in both directions
   * @throws IllegalArgumentException if the limit is negative
   */
  public static TimestampTolerance of(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("a tolerance is not negative, was " + limit);
    }
    return new TimestampTolerance(limit);
  }

  /**
   * Reads unix seconds as senders write them: 1 to 12 digits and nothing else.
   *
   * @param text as a header has it; null if it is missing
   * @return the time; empty if the text is none
   */
  public static Optional<Instant> parseUnixSeconds(@Nullable String text) {
    if (text == null || !UNIX_SECONDS.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
  }

  /**
   * {@return whether the signed time is near enough}
   *
   * @param signedAt the time that the signature covers
   * @param now when the webhook arrived
   */
  public boolean covers(Instant signedAt, Instant now) {
    return limit == null || Duration.between(signedAt, now).abs().compareTo(limit) <= 0;
  }

  /**
   * The check of a signed time whose signature is right.
   *
   * @param signedAt the time that the signature covers
   * @param now when the webhook arrived
   * @return genuine, or stale
   */
  public SignatureCheck check(Instant signedAt, Instant now) {
    return covers(signedAt, now)
        ? SignatureCheck.GENUINE
        : SignatureCheck.stale("signed at " + signedAt + ", received at " + now);
  }
}

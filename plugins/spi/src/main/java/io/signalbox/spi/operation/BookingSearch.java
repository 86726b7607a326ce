package io.signalbox.spi.operation;

import java.time.Duration;
import java.time.Instant;

/**
 * Which attempt to create a booking is looked for.
 *
 * @param attemptId as {@link BookingRequest#attemptId()} was
 * @param attendee as {@link BookingRequest#attendee()} was
 * @param start as {@link BookingRequest#start()} was
 * @param attemptedAt when the attempt began, by the gateway's clock
 * @param timeout how long the look-up may take
 */
public record BookingSearch(
    String attemptId, Attendee attendee, Instant start, Instant attemptedAt, Duration timeout) {

  /**
   * Checks that there is time.
   *
   * @param attemptId {@link #attemptId()}
   * @param attendee {@link #attendee()}
   * @param start {@link #start()}
   * @param attemptedAt {@link #attemptedAt()}
   * @param timeout {@link #timeout()}
   */
  public BookingSearch {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}

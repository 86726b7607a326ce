package io.signalbox.spi.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to create a booking.
 *
 * @param attemptId our name of the attempt, carried by the booking so that it can be found
 * @param eventType what is booked: the id or the name that the provider knows
 * @param start when it begins
 * @param duration how long it takes; null for what the event type says
 * @param attendee for whom
 * @param labels the application's own values, for providers that carry such
 * @param timeout how long the call may take
 * @param traceparent W3C Trace Context, passed on over HTTP; null if in no trace
 */
public record BookingRequest(
    String attemptId,
    String eventType,
    Instant start,
    @Nullable Duration duration,
    Attendee attendee,
    Map<String, String> labels,
    Duration timeout,
    @Nullable String traceparent) {

  /**
   * Copies the labels and checks that nothing is missing.
   *
   * @param attemptId {@link #attemptId()}
   * @param eventType {@link #eventType()}
   * @param start {@link #start()}
   * @param duration {@link #duration()}
   * @param attendee {@link #attendee()}
   * @param labels {@link #labels()}
   * @param timeout {@link #timeout()}
   * @param traceparent {@link #traceparent()}
   */
  public BookingRequest {
    Objects.requireNonNull(attemptId, "attemptId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(attendee, "attendee");
    labels = Map.copyOf(labels);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}

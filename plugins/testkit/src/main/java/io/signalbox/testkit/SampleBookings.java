package io.signalbox.testkit;

import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bookings to try a provider with. */
public final class SampleBookings {
  /** The person of the samples, whose address and number must be in no log. */
  public static final Attendee ATTENDEE =
      new Attendee("John Doe", "Europe/London", "john.doe@example.com", "+447700900000", "en");

  /** When the sample booking begins. */
  public static final Instant START = Instant.parse("2026-01-05T09:30:00Z");

  private SampleBookings() {}

  /**
   * A request for one hour or for what the event type says.
   *
   * @param eventType as the provider names it
   */
  public static BookingRequest request(String eventType) {
    return of(eventType, null, ATTENDEE, Map.of(), null);
  }

  /** The same with other details. */
  public static BookingRequest of(
      String eventType,
      @Nullable Duration duration,
      Attendee attendee,
      Map<String, String> labels,
      @Nullable String traceparent) {
    return new BookingRequest(
        SampleRequests.ATTEMPT_ID,
        eventType,
        START,
        duration,
        attendee,
        labels,
        Duration.ofSeconds(10),
        traceparent);
  }

  /** The same with another timeout. */
  public static BookingRequest withTimeout(BookingRequest request, Duration timeout) {
    return new BookingRequest(
        request.attemptId(),
        request.eventType(),
        request.start(),
        request.duration(),
        request.attendee(),
        request.labels(),
        timeout,
        request.traceparent());
  }

  /** The same in a trace. */
  public static BookingRequest withTraceparent(BookingRequest request, String traceparent) {
    return of(
        request.eventType(), request.duration(), request.attendee(), request.labels(), traceparent);
  }

  /** The question for the booking of a request's attempt, ten seconds after it. */
  public static BookingSearch search(BookingRequest request) {
    return search(request, request.attemptId());
  }

  /** The same for another attempt. */
  public static BookingSearch search(BookingRequest request, String attemptId) {
    return new BookingSearch(
        attemptId,
        request.attendee(),
        request.start(),
        BasePluginTest.NOW.minusSeconds(10),
        request.timeout());
  }
}

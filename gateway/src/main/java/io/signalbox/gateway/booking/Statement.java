package io.signalbox.gateway.booking;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.operation.Booking;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a booking, whether it was asked or tells by itself.
 *
 * @param uid of which booking, by the provider's id
 * @param movedFrom the uid that it had before it was moved; null if it was not, or kept its uid
 * @param state how it stands
 * @param start null if it is not said
 * @param end null if it is not said
 * @param title null if it is not said. Personal data
 * @param meetingUrl null if it is not said
 * @param atMillis when it was so, by the provider's clock where that is known
 */
record Statement(
    String uid,
    @Nullable String movedFrom,
    BookingState state,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable String title,
    @Nullable String meetingUrl,
    long atMillis) {

  /** The end of the year 9999. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  /** What the provider has just answered. */
  static Statement of(Booking booking, long nowMillis) {
    return new Statement(
        booking.uid(),
        booking.movedFrom(),
        booking.state(),
        booking.start(),
        booking.end(),
        booking.title(),
        booking.meetingUrl(),
        nowMillis);
  }

  /** What the provider tells by webhook. */
  static Statement of(BookingChange change) {
    return new Statement(
        change.uid(),
        change.movedFrom(),
        change.state(),
        change.start(),
        change.end(),
        null,
        null,
        millis(change.occurredAt()));
  }

  /** A plugin may name a time that no clock has. */
  private static long millis(Instant time) {
    return Math.max(0, Math.min(time.getEpochSecond(), LATEST_SECOND)) * 1_000
        + time.getNano() / 1_000_000;
  }

  /** Whether it still stands, or may. */
  boolean isLive() {
    return state == BookingState.PENDING || state == BookingState.ACCEPTED;
  }

  /** The same, as what a booking of that uid was moved to. */
  Statement movedFrom(String before) {
    return new Statement(uid, before, state, start, end, title, meetingUrl, atMillis);
  }

  @Override
  public String toString() {
    return "Statement[" + uid + " " + state.wireName() + "]";
  }
}

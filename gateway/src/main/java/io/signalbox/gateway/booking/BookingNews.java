package io.signalbox.gateway.booking;

import io.signalbox.spi.BookingState;
import java.util.List;

/** What is told of bookings: the last words of the events' types. */
final class BookingNews {
  static final String CREATED = "created";
  static final String ACCEPTED = "accepted";
  static final String RESCHEDULED = "rescheduled";
  static final String CANCELLED = "cancelled";
  static final String REJECTED = "rejected";
  static final String CHANGE_FAILED = "change_failed";

  private BookingNews() {}

  /** What is told when a booking has come to a state. */
  static String of(BookingState state) {
    return switch (state) {
      case PENDING -> CREATED;
      case ACCEPTED -> ACCEPTED;
      case CANCELLED -> CANCELLED;
      case REJECTED -> REJECTED;
    };
  }

  /** All of them. */
  static List<String> all() {
    return List.of(CREATED, ACCEPTED, RESCHEDULED, CANCELLED, REJECTED, CHANGE_FAILED);
  }
}

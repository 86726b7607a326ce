package io.signalbox.provider.calcom;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingSearch;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for the booking of an attempt in the list of the bookings that it can be among. */
final class BookingList {
  /** How far the clocks of Cal.com and of the gateway may be apart. */
  static final Duration CLOCKS = Duration.ofMinutes(5);

  /**
   * The documents name no size of a page. A list that is as long as this and has none of ours may
   * go on, and so is no proof that there is none.
   */
  static final int MAY_GO_ON = 50;

  private BookingList() {}

  /** The query for the bookings made for that person since the attempt. */
  static String parameters(BookingSearch search) {
    FormBody query =
        FormBody.empty().with("afterCreatedAt", search.attemptedAt().minus(CLOCKS).toString());
    String email = search.attendee().email();
    FormBody narrowed =
        email == null
            // Nothing finds a person by telephone: those of the time that was asked for are fewer.
            ? query.with("afterStart", search.start().minus(CLOCKS).toString())
            : query.with("attendeeEmail", email);
    return narrowed.encode();
  }

  /** The query for the bookings made from then on. */
  static String since(Instant time) {
    return FormBody.empty().with("afterCreatedAt", time.toString()).encode();
  }

  /**
   * Those of a list that have our reference. One that was moved is left out where the one that it
   * became is there.
   */
  static Answer<List<Booking>> found(Answered answer, String attemptId) {
    Optional<List<JsonObject>> list = BookingJson.list(answer);
    if (list.isEmpty()) {
      return unknown(answer, "unreadable_list", "the answer is no list of bookings");
    }
    List<Booking> ours = new ArrayList<>();
    for (JsonObject json : list.get()) {
      if (attemptId.equals(BookingJson.attemptId(json))) {
        Optional<Booking> booking = BookingJson.booking(json);
        if (booking.isEmpty()) {
          return unknown(answer, "unreadable_booking", "the booking in the list cannot be read");
        }
        ours.add(booking.get());
      }
    }
    if (ours.isEmpty() && list.get().size() >= MAY_GO_ON) {
      return unknown(answer, "list_may_go_on", "the list is long, and ours is not on this page");
    }
    Set<String> moved = new HashSet<>();
    ours.forEach(booking -> Optional.ofNullable(booking.movedFrom()).ifPresent(moved::add));
    ours.removeIf(booking -> moved.contains(booking.uid()));
    return new Answer.Done<>(List.copyOf(ours), answer.evidence(null, null));
  }

  private static Answer<List<Booking>> unknown(Answered answer, String code, String message) {
    return new Answer.Failed<>(new Outcome.Unknown(answer.evidence(code, message)));
  }
}

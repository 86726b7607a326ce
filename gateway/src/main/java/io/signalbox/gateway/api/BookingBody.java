package io.signalbox.gateway.api;

import io.signalbox.gateway.booking.BookingRules;
import io.signalbox.gateway.booking.BookingWish;
import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what is to be booked, of bodies that the document allows. */
final class BookingBody {
  private BookingBody() {}

  /**
   * What is to be booked.
   *
   * @param providers the ids of those that book
   * @throws InvalidBodyException for mistakes in it
   */
  static BookingWish read(JsonObject body, Instant now, Set<String> providers) {
    List<FieldProblem> problems = new ArrayList<>(BookingRules.check(body, now));
    String provider = body.getString("provider");
    if (provider != null && !providers.contains(provider)) {
      problems.add(new FieldProblem("/provider", "must be the id of a provider of bookings"));
    }
    refuse(problems);
    return BookingWish.of(body);
  }

  /**
   * Whereto a booking is moved.
   *
   * @throws InvalidBodyException for mistakes in it
   */
  static Instant start(JsonObject body, Instant now) {
    refuse(BookingRules.checkMove(body, now));
    return Instant.parse(body.getString("start"));
  }

  private static void refuse(List<FieldProblem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidBodyException("the booking has mistakes", problems);
    }
  }
}

package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.Ids;
import io.signalbox.simulator.core.SettingsProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calendar of the simulated user: what tests count live bookings in. One thing at a time; a
 * booking that waits for its confirmation holds its time as well. For one event loop.
 */
final class BookingBooks implements Books {
  private static final int MAX_BOOKINGS = 200_000;
  private static final int UID_LENGTH = 22;

  private final Clock clock;
  private final Ids ids;
  private final Map<String, SimulatedBooking> bookings = new LinkedHashMap<>();

  /** Those that hold their time, by when they begin; they do not overlap. */
  private final TreeMap<Instant, SimulatedBooking> calendar = new TreeMap<>();

  private long nextId = 91;

  BookingBooks(Clock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** Books. */
  SimulatedBooking book(BookingWish wish) throws RefusedException {
    return add(wish, wish.start(), null);
  }

  /** Moves a booking: the old one is cancelled, and a new one takes its place. */
  SimulatedBooking move(SimulatedBooking booking, Instant start) throws RefusedException {
    if (!booking.isLive()) {
      throw RefusedException.invalid("Can't reschedule booking with uid=" + booking.uid());
    }
    calendar.remove(booking.start());
    try {
      SimulatedBooking moved = add(booking.wish(), start, booking);
      booking.become("cancelled", null);
      return moved;
    } catch (RefusedException e) {
      calendar.put(booking.start(), booking);
      throw e;
    }
  }

  /** Calls a booking off, by whoever it is. */
  void end(SimulatedBooking booking, String status, @Nullable String reason)
      throws RefusedException {
    if (!booking.isLive()) {
      throw RefusedException.invalid(
          "Can't cancel booking with uid=" + booking.uid() + ": it is " + booking.status());
    }
    calendar.remove(booking.start());
    booking.become(status, reason);
  }

  /** The booking of that uid. */
  SimulatedBooking find(String uid) throws RefusedException {
    return Optional.ofNullable(bookings.get(uid))
        .orElseThrow(() -> RefusedException.noBooking(uid));
  }

  /** All bookings, the newest first. */
  List<SimulatedBooking> newestFirst() {
    List<SimulatedBooking> all = new ArrayList<>(bookings.values());
    Collections.reverse(all);
    return all;
  }

  /** Whether nothing stands in the way of something from the one time to the other. */
  boolean isFree(Instant from, Instant to) {
    Map.Entry<Instant, SimulatedBooking> before = calendar.lowerEntry(to);
    return before == null || !before.getValue().end().isAfter(from);
  }

  @Override
  public JsonObject toJson() {
    JsonArray all = new JsonArray();
    int live = 0;
    for (SimulatedBooking booking : bookings.values()) {
      all.add(booking.toEntry());
      live += booking.isLive() ? 1 : 0;
    }
    return new JsonObject()
        .put("live", live)
        .put("event_types", EventType.toJson())
        .put("bookings", all);
  }

  @Override
  public List<SettingsProblem> change(JsonObject body) {
    return body.fieldNames().stream()
        .map(field -> new SettingsProblem("/" + field, "unknown field; these books have none"))
        .toList();
  }

  @Override
  public void clear() {
    bookings.clear();
    calendar.clear();
  }

  private SimulatedBooking add(
      BookingWish wish, Instant start, @Nullable SimulatedBooking movedFrom)
      throws RefusedException {
    Instant now = clock.instant();
    if (!start.isAfter(now)) {
      throw RefusedException.past();
    }
    boolean free = isFree(start, start.plusSeconds(wish.minutes() * 60));
    if (!free || bookings.size() >= MAX_BOOKINGS) {
      throw RefusedException.taken();
    }
    SimulatedBooking booking =
        new SimulatedBooking(nextId++, ids.alphanumeric(UID_LENGTH), wish, start, now, movedFrom);
    bookings.put(booking.uid(), booking);
    calendar.put(start, booking);
    return booking;
  }
}

package io.signalbox.gateway.booking;

import io.signalbox.spi.BookingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's statement makes of a booking. Statements come late, twice and out of order; the
 * state only moves forward, and only a move to another time begins it anew. Pure functions.
 */
final class BookingStep {
  private BookingStep() {}

  /**
   * What has become of a booking.
   *
   * @param booking as it is known now
   * @param news what is told of it, the last word of the event's type; null for nothing
   */
  record Applied(KeptBooking booking, @Nullable String news) {}

  /** Takes a statement. */
  static Applied apply(KeptBooking kept, Statement said, long nowMillis) {
    if (kept.uid().equals(said.movedFrom()) && !kept.uid().equals(said.uid())) {
      return new Applied(settled(moved(kept, said, nowMillis)), BookingNews.RESCHEDULED);
    }
    if (!kept.uid().equals(said.uid()) || isOld(kept, said) || isHeldBack(kept, said)) {
      return new Applied(kept, null);
    }
    BookingState state = later(kept.state(), said.state());
    KeptBooking heard = with(kept, kept.uid(), kept.formerUids(), state, said, nowMillis);
    return new Applied(settled(heard), news(kept, heard));
  }

  private static KeptBooking moved(KeptBooking kept, Statement said, long nowMillis) {
    List<String> former = new ArrayList<>(kept.formerUids());
    former.add(kept.uid());
    return with(kept, said.uid(), former, said.state(), said, nowMillis);
  }

  /** What was called off stays so, and what was said before what is known is known. */
  private static boolean isOld(KeptBooking kept, Statement said) {
    boolean over = !kept.isLive() && said.state() != kept.state();
    return over || (said.atMillis() < kept.happenedAtMillis() && !isLater(kept.state(), said));
  }

  private static boolean isLater(BookingState known, Statement said) {
    return rank(said.state()) > rank(known);
  }

  /**
   * Whether it is to be seen what becomes of a move first: some providers call the old booking off
   * and make a new one.
   */
  private static boolean isHeldBack(KeptBooking kept, Statement said) {
    return said.state() == BookingState.CANCELLED
        && kept.open().filter(open -> open.type() == Alteration.Type.RESCHEDULE).isPresent();
  }

  private static BookingState later(BookingState known, BookingState said) {
    return rank(said) >= rank(known) ? said : known;
  }

  private static int rank(BookingState state) {
    return switch (state) {
      case PENDING -> 0;
      case ACCEPTED -> 1;
      case CANCELLED, REJECTED -> 2;
    };
  }

  /** A change that is under way is done when the booking is as it was to be. */
  private static KeptBooking settled(KeptBooking kept) {
    return kept.open()
        .filter(open -> isAsWanted(kept, open))
        .map(open -> kept.with(open.done()))
        .orElse(kept);
  }

  /** Whether a booking is as a change would have it. */
  static boolean isAsWanted(KeptBooking kept, Alteration change) {
    return change.type() == Alteration.Type.CANCEL
        ? !kept.isLive()
        : kept.isLive() && kept.start().equals(change.start());
  }

  private static @Nullable String news(KeptBooking before, KeptBooking after) {
    if (before.state() != after.state()) {
      return BookingNews.of(after.state());
    }
    return before.start().equals(after.start()) ? null : BookingNews.RESCHEDULED;
  }

  private static KeptBooking with(
      KeptBooking kept,
      String uid,
      List<String> former,
      BookingState state,
      Statement said,
      long nowMillis) {
    Instant start = said.start() == null ? kept.start() : said.start();
    return new KeptBooking(
        uid,
        former,
        state,
        start,
        end(kept, start, said.end()),
        said.title() == null ? kept.title() : said.title(),
        said.meetingUrl() == null ? kept.meetingUrl() : said.meetingUrl(),
        nowMillis,
        // A provider's clock that goes fast must not silence what is said later.
        Math.max(kept.happenedAtMillis(), Math.min(said.atMillis(), nowMillis)),
        kept.told(),
        kept.alterations());
  }

  /** Where only a new begin is said, it takes as long as before. */
  private static Instant end(KeptBooking kept, Instant start, @Nullable Instant said) {
    return said == null
        ? kept.end().plusMillis(start.toEpochMilli() - kept.start().toEpochMilli())
        : said;
  }
}

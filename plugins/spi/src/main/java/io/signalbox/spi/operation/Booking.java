package io.signalbox.spi.operation;

import io.signalbox.spi.BookingState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An appointment.
 *
 * @param uid the provider's id
 * @param state how it stands
 * @param start when it begins
 * @param end when it ends
 * @param title as the provider calls it; null if it says nothing
 * @param meetingUrl where it takes place online; null if it does not
 * @param movedFrom the uid that it had before it was moved; null if it was not, or kept its uid
 */
public record Booking(
    String uid,
    BookingState state,
    Instant start,
    Instant end,
    @Nullable String title,
    @Nullable String meetingUrl,
    @Nullable String movedFrom) {

  /**
   * Checks that nothing is missing: plugins may be compiled without null checks.
   *
   * @param uid {@link #uid()}
   * @param state {@link #state()}
   * @param start {@link #start()}
   * @param end {@link #end()}
   * @param title {@link #title()}
   * @param meetingUrl {@link #meetingUrl()}
   * @param movedFrom {@link #movedFrom()}
   */
  public Booking {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
  }

  /** Without the title, which names the attendee. */
  @Override
  public String toString() {
    return "Booking[" + uid + " " + state.wireName() + "]";
  }
}

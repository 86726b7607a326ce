package io.signalbox.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One normalised statement of a provider about a booking, as its webhooks make them: how the
 * booking stands since something happened to it. Statements come late, twice and out of order; the
 * time says which one is the newest.
 *
 * @param eventId the provider's id of this event, the same each time it is repeated; where the
 *     provider has none, event, booking and time joined. Used to drop repeats.
 * @param attemptId our name of the attempt that made the booking, as the provider echoed it; null
 *     if it echoed nothing
 * @param uid the provider's id of the booking
 * @param movedFrom the uid that it had before it was moved; null if it was not, or kept its uid
 * @param state how it stands since
 * @param start when it begins; null if the event does not say
 * @param end when it ends; null if the event does not say
 * @param providerEvent the provider's own word for what happened, such as {@code BOOKING_CREATED}
 * @param reason why, in the words of whoever did it; null if nobody said. May hold personal data
 * @param occurredAt when it happened according to the provider; arrival time if it does not say
 */
public record BookingChange(
    String eventId,
    @Nullable String attemptId,
    String uid,
    @Nullable String movedFrom,
    BookingState state,
    @Nullable Instant start,
    @Nullable Instant end,
    String providerEvent,
    @Nullable String reason,
    Instant occurredAt) {

  /**
   * Checks that nothing is missing: plugins may be compiled without null checks.
   *
   * @param eventId {@link #eventId()}
   * @param attemptId {@link #attemptId()}
   * @param uid {@link #uid()}
   * @param movedFrom {@link #movedFrom()}
   * @param state {@link #state()}
   * @param start {@link #start()}
   * @param end {@link #end()}
   * @param providerEvent {@link #providerEvent()}
   * @param reason {@link #reason()}
   * @param occurredAt {@link #occurredAt()}
   */
  public BookingChange {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(providerEvent, "providerEvent");
    Objects.requireNonNull(occurredAt, "occurredAt");
  }

  /** Without the reason, which people write. */
  @Override
  public String toString() {
    return "BookingChange[" + eventId + " " + state.wireName() + "]";
  }
}

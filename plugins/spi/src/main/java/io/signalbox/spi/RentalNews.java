package io.signalbox.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One normalised statement of a provider about a rented number, as its webhooks make them: a
 * message came in. Where the provider signs nothing it is a hint only: the provider is asked for
 * the state before the message is believed.
 *
 * @param eventId the same each time the event is repeated; does not show the code. Used to drop
 *     repeats.
 * @param rentalId the provider's id of the rental
 * @param code the code that came, as the provider cut it out; null if it says none
 * @param text the message; null if the provider gives the code only
 * @param occurredAt when it came according to the provider; arrival time if it does not say
 */
public record RentalNews(
    String eventId,
    String rentalId,
    @Nullable String code,
    @Nullable String text,
    Instant occurredAt) {

  /**
   * Checks that nothing is missing: plugins may be compiled without null checks.
   *
   * @param eventId {@link #eventId()}
   * @param rentalId {@link #rentalId()}
   * @param code {@link #code()}
   * @param text {@link #text()}
   * @param occurredAt {@link #occurredAt()}
   */
  public RentalNews {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(rentalId, "rentalId");
    Objects.requireNonNull(occurredAt, "occurredAt");
  }

  /** Without code and text, which are secrets. */
  @Override
  public String toString() {
    return "RentalNews[" + eventId + "]";
  }
}

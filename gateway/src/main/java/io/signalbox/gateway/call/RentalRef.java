package io.signalbox.gateway.call;

import org.jspecify.annotations.Nullable;

/**
 * A rental or booking that there is, with what a record of a call to it shall say.
 *
 * @param id the provider's id
 * @param service for what the number was wanted, or what was booked; null if not known
 * @param country ISO 3166-1 alpha-2; null if not known, or if it is a booking
 */
public record RentalRef(String id, @Nullable String service, @Nullable String country) {

  /** One of which only the id is known. */
  public static RentalRef of(String id) {
    return new RentalRef(id, null, null);
  }
}

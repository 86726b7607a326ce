package io.signalbox.gateway.bus;

/**
 * Tells that something came in at a rented number, by a webhook that may be anybody's: whoever
 * follows the rental asks its provider. A doorbell: if it is lost, the provider is asked in its
 * time.
 *
 * @param provider the provider's id
 * @param rentalId the provider's own id of the rental
 */
public record RentalHint(String provider, String rentalId) implements LocalMessage {}

package io.signalbox.gateway.booking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to have changed of a booking.
 *
 * @param type what is to be done
 * @param start the new begin; null unless it is to be moved
 * @param reason for the other side; null for none. May hold personal data
 * @param key the idempotency key that it came with; null for none
 * @param digest of the request as it came: the same key with another digest is refused
 */
public record AlterationWish(
    Alteration.Type type,
    @Nullable Instant start,
    @Nullable String reason,
    @Nullable String key,
    String digest) {

  @Override
  public String toString() {
    return "AlterationWish[" + type.wireName() + "]";
  }
}

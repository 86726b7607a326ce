package io.signalbox.deploy.operation;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client was told of its request in the end.
 *
 * @param key its Idempotency-Key
 * @param id of the operation
 * @param state of the operation
 * @param provider who did it; null if nobody did
 * @param name of what was done: the telephone number, or the booking's uid; null if nothing was
 * @param price what it costs; 0 if nothing was done
 */
record Told(
    String key,
    String id,
    String state,
    @Nullable String provider,
    @Nullable String name,
    BigDecimal price) {

  /** Whether there is a rental or a booking. */
  boolean isDone() {
    return name != null;
  }

  /** Whether both name the same operation with the same end. */
  boolean isSameAs(Told other) {
    return id.equals(other.id)
        && Objects.equals(provider, other.provider)
        && Objects.equals(name, other.name);
  }
}

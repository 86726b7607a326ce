package io.signalbox.gateway.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider that has no capacity gets no work.
 *
 * @param least also where it does not say how long
 * @param most however long it asks for
 */
record CoolDownRange(Duration least, Duration most) {

  /** What a provider's wish becomes; null if it does not say. */
  long millis(@Nullable Duration asked) {
    // Not in milliseconds before it is within the range: a Retry-After may be any number.
    Duration atLeast = asked == null || asked.compareTo(least) < 0 ? least : asked;
    return (atLeast.compareTo(most) > 0 ? most : atLeast).toMillis();
  }
}

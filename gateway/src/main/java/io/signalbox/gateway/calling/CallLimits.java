package io.signalbox.gateway.calling;

import io.signalbox.gateway.config.GatewayConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the calls of all providers.
 *
 * @param maxPerProvider how many may be under way at one, whatever its own limit
 * @param coolDownMin how long one that is asked too often is left alone at least
 * @param coolDownMax how long at most, whatever it asks for
 */
record CallLimits(int maxPerProvider, Duration coolDownMin, Duration coolDownMax) {

  static CallLimits of(GatewayConfig.Dispatch settings) {
    return new CallLimits(
        Math.max(1, settings.maxInFlight() / 2), settings.coolDownMin(), settings.coolDownMax());
  }

  /** How long a provider is left alone that asks for it; null if it does not say for how long. */
  long coolDownMillis(@Nullable Duration asked) {
    Duration least = asked == null || asked.compareTo(coolDownMin) < 0 ? coolDownMin : asked;
    return (least.compareTo(coolDownMax) > 0 ? coolDownMax : least).toMillis();
  }
}

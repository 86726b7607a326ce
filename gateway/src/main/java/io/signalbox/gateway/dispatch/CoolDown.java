package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.rate.RateDesk;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a provider is given no work because it has no capacity, whichever node it told
 * so. Thread-confined.
 */
final class CoolDown {
  private final String provider;
  private final CoolDownRange range;
  private final RateDesk desk;
  private long untilMillis;

  CoolDown(String provider, CoolDownRange range, RateDesk desk) {
    this.provider = provider;
    this.range = range;
    this.desk = desk;
  }

  /**
   * Begins, or goes on for longer; the others are told.
   *
   * @param asked how long the provider asks for; null if it does not say
   */
  void begin(@Nullable Duration asked, long nowMillis) {
    long until = nowMillis + range.millis(asked);
    if (until > untilMillis) {
      untilMillis = until;
      desk.coolsDown(provider, until);
    }
  }

  /** Another node was asked for it; not for longer than it might be here. */
  void elsewhere(long untilThereMillis, long nowMillis) {
    long longest = nowMillis + range.most().toMillis();
    untilMillis = Math.max(untilMillis, Math.min(untilThereMillis, longest));
  }

  /** Until when, epoch milliseconds; of the past if it is over. */
  long untilMillis() {
    return untilMillis;
  }
}

package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Providers of one channel for tests. */
final class ProviderStates {
  static final BreakerView CLOSED = new BreakerView("closed", 1, 0, 1, false, "test", 0);

  private ProviderStates() {}

  static ProviderState active(String provider, int priority) {
    return state(provider, priority, null, Stage.ACTIVE, CLOSED);
  }

  static ProviderState active(String provider, int priority, BreakerView breaker) {
    return state(provider, priority, null, Stage.ACTIVE, breaker);
  }

  static ProviderState priced(String provider, double price) {
    return state(provider, 1, price, Stage.ACTIVE, CLOSED);
  }

  static ProviderState stopped(String provider) {
    return state(provider, 1, null, Stage.STOPPED, CLOSED);
  }

  private static ProviderState state(
      String provider, int priority, @Nullable Double price, Stage stage, BreakerView breaker) {
    return new ProviderState(
        provider,
        "plugin",
        "1",
        1,
        Set.of(Channel.SMS),
        priority,
        100,
        ProviderLimits.of(10, 0),
        price,
        Duration.ofSeconds(2),
        false,
        stage,
        breaker,
        List.of());
  }
}

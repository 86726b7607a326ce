package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.spi.CheckResult;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The generation that runs while its replacement starts.
 *
 * @param provider its id
 * @param generation which it is
 * @param version its plugin's version
 */
record Predecessor(String provider, long generation, String version) {
  /** Its own check ends by itself; this is for one whose event loop is blocked. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** Asks whether it could work. The Future never fails: no answer is a bad one. */
  Future<CheckResult> check(Bus bus, Duration timeout) {
    return bus.request(
            Addresses.provider(provider, generation),
            new Control(Command.CHECK, "replacement"),
            Controlled.class,
            timeout.plus(MARGIN))
        .map(Controlled::result)
        .otherwise(failure -> CheckResult.unhealthy(String.valueOf(failure.getMessage())));
  }
}

package io.signalbox.gateway.metrics;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what is published on the bus: ends of attempts, and breakers that open. Thread-safe. */
public final class BusMeters {
  private final GatewayMeters meters;
  private final Map<String, Long> openings = new ConcurrentHashMap<>();
  private final MessageConsumer<Observed> outcomes;
  private final MessageConsumer<ProviderState> providers;

  /** Begins to listen; made before the first provider starts. */
  public BusMeters(Bus bus, GatewayMeters meters) {
    this.meters = meters;
    this.outcomes =
        bus.listen(
            Addresses.OUTCOMES,
            Observed.class,
            end -> meters.attemptEnded(end.provider(), end.outcome(), end.tookMillis()));
    this.providers = bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced);
  }

  /** Listens no more. */
  public Future<Void> close() {
    return Future.join(outcomes.unregister(), providers.unregister()).mapEmpty();
  }

  private void announced(ProviderState state) {
    if (!"open".equals(state.breaker().state())) {
      return;
    }
    long generation = state.breaker().generation();
    Long counted = openings.put(state.provider(), generation);
    if (counted == null || counted != generation) {
      meters.breakerOpened(state.provider());
    }
  }
}

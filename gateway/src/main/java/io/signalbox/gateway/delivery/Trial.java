package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Transition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a generation is on trial: says which share of the work it is to get, and knows the breaker
 * that it goes back to when the trial is over. Used on one context.
 */
final class Trial {
  private final Bus bus;
  private final ProviderSetup setup;
  private final double share;
  private @Nullable BreakerSnapshot atBegin;

  /**
   * Makes one that has not begun.
   *
   * @param share the share of the work, 0 to 1
   */
  Trial(Bus bus, ProviderSetup setup, double share) {
    this.bus = bus;
    this.setup = setup;
    this.share = share;
  }

  /** Asks for its share. */
  void begin(BreakerEngine breaker) {
    atBegin = breaker.snapshot();
    tell(share);
  }

  /** While its own breaker is open it gets nothing: what it refused would have to go elsewhere. */
  void moved(Transition transition) {
    tell(transition.to() == BreakerState.OPEN ? 0 : share);
  }

  /** It gets nothing more. */
  void end() {
    tell(0);
  }

  /**
   * It takes over: what its own breaker learned is forgotten, and the provider's goes on.
   *
   * @param stored the provider's, with which the generation before has gone on; empty if that has
   *     never moved
   */
  void handOver(BreakerEngine breaker, Optional<BreakerSnapshot> stored) {
    stored.or(() -> Optional.ofNullable(atBegin)).ifPresent(breaker::restore);
  }

  private void tell(double now) {
    bus.publish(Addresses.PROVIDERS_CANARY, new Canary(setup.id(), setup.generation(), now));
  }
}

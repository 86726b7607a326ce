package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.BreakerMessages.BreakerAgreed;
import io.signalbox.gateway.bus.BreakerMessages.BreakerDecided;
import io.signalbox.gateway.bus.BreakerMessages.BreakersAsked;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.scoring.breaker.TransitionCause;
import java.util.function.BooleanSupplier;

/**
 * A provider's breaker among those of other gateways: tells what it decides, and takes over what is
 * newer. Its consumers end with the provider verticle's context, to which it is confined.
 */
final class BreakerSharing {
  private final Bus bus;
  private final String provider;
  private final BreakerEngine engine;
  private final BooleanSupplier takesPart;

  private BreakerSharing(
      Bus bus, String provider, BreakerEngine engine, BooleanSupplier takesPart) {
    this.bus = bus;
    this.provider = provider;
    this.engine = engine;
    this.takesPart = takesPart;
  }

  /**
   * Begins to listen, and tells how the breaker is now.
   *
   * @param takesPart false while this generation is on trial, and once it is on its way out
   */
  static void begin(Bus bus, String provider, BreakerEngine engine, BooleanSupplier takesPart) {
    BreakerSharing sharing = new BreakerSharing(bus, provider, engine, takesPart);
    bus.listen(Addresses.BREAKERS_AGREED, BreakerAgreed.class, sharing::agreed);
    bus.listen(Addresses.BREAKERS_ASKED, BreakersAsked.class, asked -> sharing.tell());
    sharing.tell();
  }

  /** Tells of a transition, unless another gateway decided it. */
  static void moved(Bus bus, String provider, BreakerEngine engine, Transition transition) {
    if (transition.cause() != TransitionCause.SHARED) {
      bus.publish(Addresses.BREAKERS_DECIDED, new BreakerDecided(provider, engine.snapshot()));
    }
  }

  private void agreed(BreakerAgreed agreed) {
    if (agreed.provider().equals(provider) && takesPart.getAsBoolean()) {
      engine.merge(agreed.snapshot());
    }
  }

  private void tell() {
    if (takesPart.getAsBoolean()) {
      bus.publish(Addresses.BREAKERS_DECIDED, new BreakerDecided(provider, engine.snapshot()));
    }
  }
}

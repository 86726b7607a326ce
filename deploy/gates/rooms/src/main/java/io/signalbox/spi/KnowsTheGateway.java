package io.signalbox.spi;

import io.signalbox.gateway.alpha.RingsTheBus;
import org.jspecify.annotations.NullMarked;

/** The SPI knows the gateway. */
@NullMarked
public final class KnowsTheGateway {
  public RingsTheBus bell() {
    return new RingsTheBus();
  }
}

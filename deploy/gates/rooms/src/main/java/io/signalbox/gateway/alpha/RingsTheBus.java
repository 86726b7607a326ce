package io.signalbox.gateway.alpha;

import io.vertx.core.Vertx;
import org.jspecify.annotations.NullMarked;

/** Touches the event bus outside of its room. */
@NullMarked
public final class RingsTheBus {
  public void ring(Vertx vertx) {
    vertx.eventBus().publish("somewhere", "x");
  }
}

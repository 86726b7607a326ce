package io.signalbox.gateway.beta;

import io.signalbox.gateway.alpha.Cycle;
import org.jspecify.annotations.NullMarked;

/** With {@link Cycle}: two rooms that need each other. */
@NullMarked
public final class Back {
  public Cycle cycle() {
    return new Cycle();
  }
}

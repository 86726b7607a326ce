package io.signalbox.gateway.alpha;

import io.signalbox.gateway.beta.Back;
import org.jspecify.annotations.NullMarked;

/** With {@link Back}: two rooms that need each other. */
@NullMarked
public final class Cycle {
  public Back back() {
    return new Back();
  }
}

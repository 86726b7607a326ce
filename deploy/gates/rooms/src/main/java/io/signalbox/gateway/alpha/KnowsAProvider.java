package io.signalbox.gateway.alpha;

import io.signalbox.provider.seed.Seed;
import org.jspecify.annotations.NullMarked;

/** The gateway knows a provider. */
@NullMarked
public final class KnowsAProvider {
  public Seed seed() {
    return new Seed();
  }
}

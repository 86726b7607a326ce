package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.HealthWindow;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What scoring knows of one provider. Thread-confined. */
final class ProviderHealth {
  private final HealthWindow window;
  private ProviderState state;
  private int inFlight;

  ProviderHealth(ProviderState state, HealthWindow window) {
    this.state = state;
    this.window = window;
  }

  ProviderState state() {
    return state;
  }

  void state(ProviderState newer) {
    this.state = newer;
  }

  HealthWindow window() {
    return window;
  }

  void inFlight(int underWay) {
    this.inFlight = underWay;
  }

  Candidate candidate() {
    return new Candidate(
        state.provider(),
        window.snapshot(),
        state.priority(),
        state.weight(),
        Math.max(0, inFlight),
        state.limits().maxConcurrent(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        "open".equals(state.breaker().state()),
        state.stage() == Stage.ACTIVE ? null : "draining");
  }
}

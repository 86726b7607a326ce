package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.Transition;
import org.jspecify.annotations.Nullable;

/**
 * What one generation of a provider tells the others of itself.
 *
 * @param setup what it is made of
 * @param statusLookup whether it can be asked what became of an attempt
 * @param trials how many attempts may be under way while its breaker is half-open
 */
record ProviderNews(ProviderSetup setup, boolean statusLookup, int trials) {

  ProviderNews(ProviderSetup setup, boolean statusLookup, BreakerSettings settings) {
    this(setup, statusLookup, settings.halfOpenMaxTrials());
  }

  ProviderState state(Stage stage, BreakerSnapshot breaker) {
    return new ProviderState(
        setup.id(),
        setup.plugin().name(),
        setup.plugin().version(),
        setup.generation(),
        setup.definition().channels(),
        setup.definition().priority(),
        setup.definition().weight(),
        setup.definition().limits(),
        setup.definition().timeout(),
        statusLookup,
        stage,
        new BreakerView(
            breaker.state().wireName(),
            breaker.generation(),
            breaker.openUntilMillis(),
            trials,
            breaker.reason(),
            breaker.changedAtMillis()));
  }

  /** A move of a provider's breaker as the ledger keeps it. */
  static BreakerTransition transition(
      String provider, Transition moved, long recoveryTimeoutMillis, @Nullable String actor) {
    return new BreakerTransition(
        provider,
        moved.from().wireName(),
        moved.to().wireName(),
        moved.reason(),
        moved.generation(),
        moved.atMillis(),
        moved.openUntilMillis(),
        recoveryTimeoutMillis,
        actor);
  }
}

package io.signalbox.gateway.delivery;

import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ledger knows of a provider's breaker, for its next generation. */
final class StoredBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(StoredBreaker.class);

  private StoredBreaker() {}

  /** Reads it. The Future never fails: what cannot be read is not there. */
  static Future<Optional<BreakerSnapshot>> read(BreakerLedger ledger, String provider) {
    return ledger
        .breakers()
        .map(stored -> of(stored, provider))
        .otherwise(
            failure -> {
              LOG.warn(
                  "the stored breaker of {} could not be read: {}", provider, failure.toString());
              return Optional.empty();
            });
  }

  private static Optional<BreakerSnapshot> of(List<BreakerTransition> stored, String provider) {
    return stored.stream()
        .filter(transition -> transition.provider().equals(provider))
        .findFirst()
        .map(StoredBreaker::snapshot);
  }

  private static BreakerSnapshot snapshot(BreakerTransition transition) {
    return new BreakerSnapshot(
        BreakerState.valueOf(transition.toState().toUpperCase(Locale.ROOT)),
        transition.generation(),
        transition.atMillis(),
        transition.openUntilMillis(),
        transition.recoveryTimeoutMillis(),
        0,
        transition.fault(),
        transition.reason());
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BreakerLedger;
import io.vertx.core.Future;
import java.util.List;

/** States and transitions of circuit breakers in the ledger. */
final class SqlBreakerLedger implements BreakerLedger {
  private static final int MAX_PAGE = 1_000;

  private final Store store;

  SqlBreakerLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> recordTransition(BreakerTransition transition) {
    return store
        .writer()
        .submit(
            session -> {
              session.events().insert(transition);
              return transition;
            },
            1)
        .mapEmpty();
  }

  @Override
  public Future<List<BreakerTransition>> breakers() {
    return store.readers().read(session -> session.breakers().latest());
  }

  @Override
  public Future<List<BreakerEvent>> transitions(String provider, long before, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.breakers().of(provider, before, bounded));
  }
}

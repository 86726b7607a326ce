package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DegradationLedger;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Failures and modes in the ledger. */
final class SqlDegradationLedger implements DegradationLedger {
  private final Store store;

  SqlDegradationLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> recordFailures(List<FailureMetric> metrics) {
    return metrics.isEmpty()
        ? Future.succeededFuture()
        : store
            .writer()
            .submit(
                session -> {
                  for (FailureMetric metric : metrics) {
                    session.degradation().insert(metric);
                  }
                  return metrics;
                },
                metrics.size())
            .mapEmpty();
  }

  @Override
  public Future<Void> recordModeChange(ModeChange change) {
    return store
        .submit(
            Job.HISTORY,
            session -> {
              session.degradation().insert(change);
              return change;
            },
            1)
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof NotOurJobException
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<Optional<ModeChange>> latestModeChange() {
    return store.readers().read(session -> session.degradation().latest());
  }

  @Override
  public Future<Integer> forgetFailures(long beforeMillis) {
    return store.delete(session -> session.degradation().forget(beforeMillis), 1);
  }
}

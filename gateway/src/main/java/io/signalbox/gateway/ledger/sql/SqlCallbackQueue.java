package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** What waits for callback endpoints, in the same store as the ledger. */
final class SqlCallbackQueue implements CallbackQueue {
  // About as much as a commit may hold: others wait that long.
  private static final int RETENTION_WEIGHT = 100;

  private final Store store;

  SqlCallbackQueue(Store store) {
    this.store = store;
  }

  @Override
  public boolean isOurs() {
    return store.engine().leases().holds(Job.CALLBACKS);
  }

  @Override
  public Future<Roll> enabled(long nowMillis) {
    return store
        .readers()
        .read(
            session ->
                new Roll(session.endpoints().enabled(), session.deliveries().dueAt(nowMillis)));
  }

  @Override
  public Future<Batch> due(long endpoint, long nowMillis, int limit, Set<Long> skip) {
    Set<Long> has = Set.copyOf(skip);
    return store
        .readers()
        .read(
            session -> {
              CallbackEndpoint found = session.endpoints().find(endpoint);
              return found == null || !found.enabled()
                  ? new Batch(null, List.of())
                  : new Batch(found, session.deliveries().due(endpoint, nowMillis, limit, has));
            });
  }

  @Override
  public Future<List<NotificationId>> record(List<Result> results, Limits limits) {
    return results.isEmpty()
        ? Future.succeededFuture(List.of())
        : store.submit(
            Job.CALLBACKS, new CallbackResultsChange(List.copyOf(results), limits), results.size());
  }

  @Override
  public Future<Integer> deleteOld(long beforeMillis) {
    return store.delete(
        session -> session.outboxRetention().deleteSome(beforeMillis), RETENTION_WEIGHT);
  }
}

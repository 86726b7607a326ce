package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.sql.DeliveryReader.Completion;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.sql.SQLException;
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
                new Roll(
                    session.endpoints().hearing(nowMillis), session.deliveries().dueAt(nowMillis)));
  }

  @Override
  public Future<Batch> due(long endpoint, long nowMillis, int limit, Set<Long> skip) {
    Set<Long> has = Set.copyOf(skip);
    return store
        .readers()
        .read(
            session -> {
              CallbackEndpoint found = session.endpoints().find(endpoint);
              if (found == null || !found.enabled() || !mayBeTold(session, found, nowMillis)) {
                return new Batch(null, List.of());
              }
              String tenant = found.tenant();
              Completion completion =
                  found.form().format() == CallbackFormat.CLOUDEVENTS
                      ? Completion.NONE
                      : due -> session.subjects().with(tenant, due);
              return new Batch(
                  found, session.deliveries().due(endpoint, nowMillis, limit, has, completion));
            });
  }

  /** An endpoint of an API key's messages hears nothing once that key has ended. */
  private static boolean mayBeTold(ReadSession session, CallbackEndpoint endpoint, long nowMillis)
      throws SQLException {
    String keyId = endpoint.form().apiKey();
    if (keyId == null) {
      return true;
    }
    ApiKey key = session.apiKeys().find(keyId);
    return key != null && (key.expiresAtMillis() == null || nowMillis < key.expiresAtMillis());
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

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationFilter;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations in the ledger. */
final class SqlOperationLedger implements OperationLedger {
  private final Store store;

  SqlOperationLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Accepted> accept(Operation operation, @Nullable String key, String digest) {
    return store.writer().submit(session -> accept(session, operation, key, digest), 1);
  }

  private static Accepted accept(
      WriteSession session, Operation operation, @Nullable String key, String digest)
      throws SQLException {
    OperationTable table = session.operations();
    OperationTable.Use use = key == null ? null : table.use(operation.tenant(), key, digest);
    if (use == null) {
      table.insert(operation, key, digest);
      return new Accepted(operation, false, true);
    }
    Operation found = table.reader().find(use.operation());
    if (found == null) {
      throw new Refused(new SealedException("the operation of this key cannot be read any more"));
    }
    return new Accepted(found, true, use.sameRequest());
  }

  @Override
  public Future<Optional<Operation>> operation(NotificationId id) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.operations().find(id.key())))
        .map(found -> found.filter(one -> one.id().equals(id)));
  }

  @Override
  public Future<Optional<Operation>> operation(String tenant, NotificationId id) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.operations().find(id.key())))
        .map(found -> found.filter(one -> one.tenant().equals(tenant) && one.id().equals(id)));
  }

  @Override
  public Future<Optional<Operation>> claimant(String provider, String providerId) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.operations().claimant(provider, providerId)));
  }

  @Override
  public Future<Written> write(
      Operation before, Operation after, Set<String> neighbours, long watchMillis) {
    return store
        .writer()
        .submit(new WriteOperationChange(before, after, neighbours, watchMillis, null), 1);
  }

  @Override
  public Future<Written> amend(
      Operation before, OperationResult result, @Nullable String news, long nowMillis) {
    OperationProgress now = before.progress();
    Operation after =
        before.with(
            new OperationProgress(
                now.state(),
                now.round(),
                now.attempts(),
                now.lookUps(),
                now.notFound(),
                now.dueAtMillis(),
                nowMillis,
                now.endedAtMillis(),
                result,
                now.problem()));
    return store.writer().submit(new WriteOperationChange(before, after, Set.of(), 0, news), 1);
  }

  @Override
  public Future<List<Operation>> due(long nowMillis, int limit) {
    return store.readers().read(session -> session.operations().due(nowMillis, limit));
  }

  @Override
  public Future<List<Operation>> toFollow(
      Channel kind, long nowMillis, int limit, int mostAtOneProvider) {
    return store
        .readers()
        .read(session -> session.operations().toFollow(kind, nowMillis, limit, mostAtOneProvider));
  }

  @Override
  public Future<Set<String>> claimed(Set<String> providers, long sinceMillis) {
    return store
        .readers()
        .read(
            session -> {
              Set<String> ids = new HashSet<>();
              for (String provider : providers) {
                ids.addAll(session.claims().since(provider, sinceMillis));
              }
              return ids;
            });
  }

  @Override
  public Future<OperationFilter.Page> page(OperationFilter filter, long before, int limit) {
    return store.readers().read(session -> session.operationPages().page(filter, before, limit));
  }

  @Override
  public Future<List<OpenOperations>> open() {
    return store.readers().read(session -> session.operations().open());
  }
}

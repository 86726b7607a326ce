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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations in the ledger. */
final class SqlOperationLedger implements OperationLedger {
  private static final Logger LOG = LoggerFactory.getLogger(SqlOperationLedger.class);

  /** What cannot be read is looked at again so much later, and lets others by. */
  private static final long UNREADABLE_MILLIS = Duration.ofHours(1).toMillis();

  private final LongAdder unreadable = new LongAdder();
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
    OperationKeyReader.Use use =
        key == null ? null : table.reader().keys().find(operation.tenant(), key, digest);
    if (use == null) {
      table.insert(operation, key, digest);
      return new Accepted(operation, false, true);
    }
    Operation found = table.reader().find(use.operation());
    if (found == null) {
      throw new Refused(lost());
    }
    return new Accepted(found, true, use.sameRequest());
  }

  private static SealedException lost() {
    return new SealedException("the operation of this key cannot be read any more");
  }

  @Override
  public Future<Optional<Accepted>> accepted(String tenant, String key, String digest) {
    return store
        .readers()
        .read(
            session -> {
              OperationReader reader = session.operations();
              OperationKeyReader.Use use = reader.keys().find(tenant, key, digest);
              return use == null
                  ? Optional.<Found>empty()
                  : Optional.of(new Found(reader.find(use.operation()), use.sameRequest()));
            })
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              Operation operation = found.get().operation();
              return operation == null
                  ? Future.failedFuture(lost())
                  : Future.succeededFuture(
                      Optional.of(new Accepted(operation, true, found.get().sameRequest())));
            });
  }

  /** What a key was used for; null if that cannot be read. */
  private record Found(@Nullable Operation operation, boolean sameRequest) {}

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
  public Future<List<Operation>> ended(Set<NotificationId> ids) {
    return store
        .readers()
        .read(session -> session.operations().ended(ids))
        .map(found -> found.stream().filter(one -> ids.contains(one.id())).toList());
  }

  @Override
  public Future<List<Operation>> due(long nowMillis, int limit) {
    return store
        .readers()
        .read(session -> session.operations().due(nowMillis, limit))
        .compose(rows -> readable(rows, nowMillis));
  }

  @Override
  public Future<List<Operation>> toFollow(
      Channel kind, long nowMillis, int limit, int mostAtOneProvider) {
    return store
        .readers()
        .read(session -> session.operations().toFollow(kind, nowMillis, limit, mostAtOneProvider))
        .compose(rows -> readable(rows, nowMillis));
  }

  /** What can be read; the rest is put off, else it would stand before all others. */
  private Future<List<Operation>> readable(OperationReader.Rows rows, long nowMillis) {
    List<Long> lost = rows.lost();
    if (lost.isEmpty()) {
      return Future.succeededFuture(rows.found());
    }
    unreadable.add(lost.size());
    LOG.error(
        "{} operations cannot be read and are let by, among them {}", lost.size(), lost.get(0));
    return store
        .writer()
        .submit(
            session -> {
              session.operations().putOff(lost, nowMillis + UNREADABLE_MILLIS);
              return true;
            },
            1)
        // Others wait for their turn, whether that could be stored or not.
        .transform(done -> Future.succeededFuture(rows.found()));
  }

  @Override
  public long unreadable() {
    return unreadable.sum();
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

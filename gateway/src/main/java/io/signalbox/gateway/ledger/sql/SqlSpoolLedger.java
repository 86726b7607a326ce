package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.RestoreLedger;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Both ends of the way from one ledger into another. */
final class SqlSpoolLedger implements SpoolLedger, RestoreLedger {
  private final Store store;
  private final Contents contents;
  private final Clock clock;

  SqlSpoolLedger(Store store, Contents contents, Clock clock) {
    this.store = store;
    this.contents = contents;
    this.clock = clock;
  }

  @Override
  public Future<Fill> fill() {
    return store.readers().read(session -> session.spool().fill());
  }

  @Override
  public Future<Oldest> oldest(Set<NotificationId> skip, int limit, long maxBytes) {
    Set<NotificationId> left = Set.copyOf(skip);
    return store.readers().read(session -> session.spool().oldest(contents, left, limit, maxBytes));
  }

  @Override
  public Future<Void> offering(List<NotificationId> ids) {
    return each(ids, SpoolTable::offer);
  }

  @Override
  public Future<Void> forget(List<NotificationId> ids) {
    return each(ids, SpoolTable::forget);
  }

  /** What is done with a notification of the spool. */
  @FunctionalInterface
  private interface Step {
    void take(SpoolTable spool, long notificationKey) throws SQLException;
  }

  private Future<Void> each(List<NotificationId> ids, Step step) {
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    return store
        .writer()
        .submit(
            session -> {
              for (NotificationId id : ids) {
                step.take(session.spool(), id.key());
              }
              return ids.size();
            },
            ids.size())
        .mapEmpty();
  }

  @Override
  public Future<List<Restored>> restore(List<Restoration> restorations) {
    RestoreChange change = RestoreChange.of(restorations, contents, clock.millis());
    return store.writer().submit(change, Math.max(1, restorations.size()), change.bytes());
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The reports of drills in the ledger. */
final class SqlDrillLedger implements DrillLedger {
  private static final int MAX_PAGE = 1_000;

  private final Store store;

  SqlDrillLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> beginDrill(Drill drill) {
    return store
        .writer()
        .submit(
            session -> {
              session.drills().insert(drill);
              session.drills().forgetBeyond(drill.tenant(), KEPT);
              return drill;
            },
            1)
        .mapEmpty();
  }

  @Override
  public Future<Void> endDrill(NotificationId id, Drill.End end) {
    return store.writer().submit(session -> session.drills().end(id, end), 1).mapEmpty();
  }

  @Override
  public Future<List<Drill>> runningDrills() {
    return store.readers().read(session -> session.drills().running());
  }

  @Override
  public Future<List<Drill>> drills(String tenant, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.drills().page(tenant, bounded));
  }

  @Override
  public Future<Optional<Drill>> drill(String tenant, NotificationId id) {
    return store.readers().read(session -> session.drills().find(tenant, id));
  }
}

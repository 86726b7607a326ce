package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.model.NodeShare;
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
    Nodes nodes = store.engine().nodes();
    return store
        .readers()
        .read(session -> session.drills().running())
        .map(running -> running.stream().filter(drill -> !runsElsewhere(drill, nodes)).toList());
  }

  /** Whether another node that lives has begun it; the id tells the node. */
  private static boolean runsElsewhere(Drill drill, Nodes nodes) {
    NodeShare own = nodes.share();
    long number = drill.id().key() & (NodeShare.MAX_NODES - 1);
    return !own.alone()
        && number != own.node()
        && nodes.living().stream()
            .anyMatch(
                node ->
                    node.number() == number && node.startedAtMillis() <= drill.startedAtMillis());
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

package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Keeps the reports of drills: of each tenant the newest {@value #KEPT}. Thread-safe. */
public interface DrillLedger {
  /** So many drills of a tenant are kept. */
  int KEPT = 1_000;

  /** The reason of drills that a stop of this node broke off. */
  String NODE_STOPPED = "node_stopped";

  /** Records that a drill begins; the oldest beyond those that are kept go. */
  Future<Void> beginDrill(Drill drill);

  /** Records how it ended; a drill that has ended stays as it is. */
  Future<Void> endDrill(NotificationId id, Drill.End end);

  /**
   * Those of all tenants that have no end. At a start they are those that a stop broke off: what
   * they changed elsewhere may have to be put back before they end.
   */
  Future<List<Drill>> runningDrills();

  /**
   * The drills of a tenant, newest first.
   *
   * @param limit 1 to 1000
   */
  Future<List<Drill>> drills(String tenant, int limit);

  /** A drill of a tenant; empty if it has none of that id. */
  Future<Optional<Drill>> drill(String tenant, NotificationId id);
}

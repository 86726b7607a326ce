package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.AbortDrill;
import io.signalbox.gateway.bus.DrillMessages.BeginDrill;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Drills as the API sees them. Thread-safe. */
public final class Drills {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Bus bus;
  private final DrillLedger ledger;
  private final NotificationIds ids;
  private final Clock clock;

  /** Makes the service; drills run in the {@link DrillVerticle}. */
  public Drills(Bus bus, DrillLedger ledger, NotificationIds ids, Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Begins a drill.
   *
   * @param actor who asks
   * @return the drill, which is recorded and runs; fails with a {@link GatewayException}: 404 if
   *     there is no such provider, 409 if it cannot be drilled now, 422 if the fault is not known
   */
  public Future<Drill> begin(String tenant, String actor, DrillOrder order) {
    Drill drill =
        new Drill(
            ids.next(),
            tenant,
            order.kind(),
            order.provider(),
            order.mode(),
            order.parameters(),
            clock.millis(),
            actor,
            null);
    return bus.request(Addresses.DRILLS, new BeginDrill(drill), Done.class, TIMEOUT).map(drill);
  }

  /** Ends a running drill early; its report is kept. Fails with 404 or 409 if it does not run. */
  public Future<Drill> abort(String tenant, NotificationId id, String actor) {
    return find(tenant, id)
        .compose(
            drill ->
                bus.request(
                    Addresses.DRILLS, new AbortDrill(id.toString(), actor), Done.class, TIMEOUT))
        .compose(done -> find(tenant, id));
  }

  /** The newest drills of a tenant, newest first. */
  public Future<List<Drill>> list(String tenant, int limit) {
    return ledger.drills(tenant, limit);
  }

  /** A drill of a tenant; fails with 404 if it has none of that id. */
  public Future<Drill> find(String tenant, NotificationId id) {
    return ledger
        .drill(tenant, id)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : Future.failedFuture(
                        new GatewayException(404, "there is no drill of that id")));
  }
}

package io.signalbox.gateway.server;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.operation.OperationDesk;
import io.signalbox.gateway.operation.OperationHall;
import io.signalbox.gateway.operation.OperationKind;
import io.signalbox.gateway.operation.OperationKinds;
import io.signalbox.gateway.operation.OperationMeter;
import io.signalbox.gateway.operation.OperationVerticle;
import io.signalbox.gateway.operation.Operations;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** What operations are made of: the door, and the verticle that takes them on. Thread-safe. */
final class OperationWiring {
  private final Bus bus;
  private final SqlLedger ledger;
  private final OperationSettings settings;
  private final Clock clock;
  private final OperationHall hall;
  private final OperationDesk desk;

  OperationWiring(
      Vertx vertx,
      Bus bus,
      SqlLedger ledger,
      OperationSettings settings,
      NotificationIds ids,
      OperationMeter meter,
      BooleanSupplier diskIsFull,
      Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.hall = new OperationHall(settings, meter, diskIsFull);
    this.desk = new OperationDesk(vertx, bus, ledger.operations(), hall, ids, settings, clock);
  }

  /** The door. */
  Operations door() {
    return desk;
  }

  /**
   * Takes operations from step to step.
   *
   * @param kinds all that there are
   * @param calls the way to the providers
   */
  OperationVerticle verticle(Collection<? extends OperationKind<?>> kinds, ProviderCalls calls) {
    return new OperationVerticle(
        bus,
        ledger.operations(),
        ledger.orphans(),
        new OperationKinds(kinds),
        calls,
        settings,
        hall,
        clock,
        new SplittableRandom()::nextDouble);
  }
}

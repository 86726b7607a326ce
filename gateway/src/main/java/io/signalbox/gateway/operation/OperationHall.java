package io.signalbox.gateway.operation;

import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the door to operations and the verticle that works on them share: how many are open, who
 * waits for which end, and who counts it all. Thread-safe.
 */
public final class OperationHall {
  private final OperationGate gate;
  private final OperationWaits waits;
  private final OperationMeter meter;
  private final BooleanSupplier diskIsFull;

  /**
   * Makes an empty one.
   *
   * @param diskIsFull whether there is no room for anything new; cheap
   */
  public OperationHall(
      OperationSettings settings, OperationMeter meter, BooleanSupplier diskIsFull) {
    this.gate = new OperationGate(settings.maxOpen());
    this.waits = new OperationWaits(settings.maxWaiting());
    this.meter = meter;
    this.diskIsFull = diskIsFull;
  }

  OperationWaits waits() {
    return waits;
  }

  OperationMeter meter() {
    return meter;
  }

  /** Lets one in, or says why not. */
  Optional<String> enter(Channel kind) {
    if (diskIsFull.getAsBoolean()) {
      return Optional.of("the disk is nearly full; nothing was done");
    }
    return gate.enter(kind)
        ? Optional.empty()
        : Optional.of("too many operations have no end yet; try again later");
  }

  /** One that was let in was not stored. */
  void notStored(Channel kind) {
    gate.leave(kind);
  }

  /** One has its end, and that is stored. */
  void ended(Operation operation) {
    gate.leave(operation.kind());
    meter.ended(operation);
    waits.ended(operation);
  }

  /** What is open was read. */
  void read(List<OpenOperations> open) {
    gate.read(open);
    meter.open(open);
  }

  /**
   * Looks, in one read for all, for ends that nobody has rung for: on another node, or before the
   * caller waited.
   */
  Future<Void> look(OperationLedger ledger) {
    meter.waiting(waits.count());
    var ids = waits.waitedFor();
    return ids.isEmpty()
        ? Future.succeededFuture()
        : ledger.ended(ids).onSuccess(all -> all.forEach(waits::ended)).mapEmpty();
  }
}

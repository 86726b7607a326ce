package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.OperationAccepted;
import io.signalbox.gateway.bus.OperationMessages.AnsweredLate;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OrphanLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the operations of this node, on an event loop and within limits of their own. Whatever
 * it was doing when the process ended is in the ledger, and is found there by the first sweep.
 */
public final class OperationVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OperationVerticle.class);
  private static final long SWEEP_MILLIS = 1_000;
  private static final int COUNT_EACH = 5;

  /** An attempt under way has its answer, and is stored, so long after its deadline at most. */
  private static final Duration AFTER_DEADLINE = Duration.ofSeconds(5);

  private final Bus bus;
  private final OperationLedger ledger;
  private final OrphanLedger orphans;
  private final OperationKinds kinds;
  private final ProviderCalls calls;
  private final OperationSettings settings;
  private final OperationHall hall;
  private final Clock clock;
  private final DoubleSupplier random;
  private @Nullable Sagas sagas;
  private long timer = -1;
  private boolean looking;
  private boolean sweeping;
  private int sweeps;

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param random 0 to 1, 1 excluded
   */
  public OperationVerticle(
      Bus bus,
      OperationLedger ledger,
      OrphanLedger orphans,
      OperationKinds kinds,
      ProviderCalls calls,
      OperationSettings settings,
      OperationHall hall,
      Clock clock,
      DoubleSupplier random) {
    this.bus = bus;
    this.ledger = ledger;
    this.orphans = orphans;
    this.kinds = kinds;
    this.calls = calls;
    this.settings = settings;
    this.hall = hall;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    OperationStep step = new OperationStep(OperationRules.of(settings), clock.millis());
    OperationMeter meter = hall.meter();
    OrphanTaker taker = new OrphanTaker(orphans, meter, clock);
    SagaActs acts =
        new SagaActs(ledger, kinds, calls, settings, step, taker::leftOver, clock, random);
    OrphanDesk watching =
        new OrphanDesk(orphans, taker, acts, kinds, calls, settings, meter, clock);
    Sagas working = new Sagas(vertx, ledger, acts, settings, step, this::over, meter, clock);
    sagas = working;
    bus.listen(
        Addresses.OPERATIONS, OperationAccepted.class, rung -> working.take(rung.operation()));
    LateAnswers late = new LateAnswers(ledger, kinds, step, taker, acts, this::over, clock);
    bus.listen(Addresses.OPERATIONS_LATE, AnsweredLate.class, late::heard);
    timer = vertx.setPeriodic(SWEEP_MILLIS, SWEEP_MILLIS, tick -> tick(working, watching));
    return Future.succeededFuture();
  }

  private void over(Operation operation) {
    hall.ended(operation);
    OperationKind<?> kind = kinds.of(operation.kind());
    if (kind != null && operation.result() != null) {
      try {
        kind.confirmed(operation);
      } catch (RuntimeException e) {
        LOG.error("{} is not followed at once", operation, e);
      }
    }
  }

  private void tick(Sagas working, OrphanDesk watching) {
    look();
    sweep(working, watching);
  }

  /** Also while a sweep takes long: callers wait. */
  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    hall.look(ledger)
        .onComplete(
            done -> {
              looking = false;
              if (done.failed()) {
                LOG.debug("ends are not looked for: {}", done.cause().toString());
              }
            });
  }

  private void sweep(Sagas working, OrphanDesk watching) {
    if (sweeping) {
      return;
    }
    sweeping = true;
    watching.tick();
    boolean counts = sweeps++ % COUNT_EACH == 0;
    ledger
        // Those under way may be due as well.
        .due(clock.millis(), 2 * settings.maxUnderWay())
        .onSuccess(due -> due.forEach(working::take))
        .compose(swept -> counts ? ledger.open().onSuccess(hall::read) : Future.succeededFuture())
        .onComplete(
            done -> {
              sweeping = false;
              if (done.failed()) {
                LOG.debug("operations are not swept: {}", done.cause().toString());
              }
            });
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    Sagas working = sagas;
    if (working == null) {
      return Future.succeededFuture();
    }
    long longest = settings.callTimeout().plus(AFTER_DEADLINE).toMillis();
    return working
        .drain()
        .timeout(longest, TimeUnit.MILLISECONDS)
        .onFailure(late -> LOG.warn("operations are still under way: the next start settles them"))
        .otherwiseEmpty();
  }
}

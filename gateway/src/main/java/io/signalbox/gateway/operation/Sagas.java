package io.signalbox.gateway.operation;

import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes operations from step to step: what is decided is stored first, and done then. Used on one
 * context. An operation that has nothing to do for a while is let go of; the sweep brings it again.
 */
final class Sagas {
  private static final Logger LOG = LoggerFactory.getLogger(Sagas.class);

  /** A wait up to that is waited for here. */
  private static final long SHORT_MILLIS = 5_000;

  private static final long STORE_AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final OperationLedger ledger;
  private final SagaActs acts;
  private final OperationSettings settings;
  private final OperationStep step;
  private final Consumer<Operation> over;
  private final OperationMeter meter;
  private final Clock clock;
  private final PutOff putOff = new PutOff();
  private final Set<NotificationId> running = new HashSet<>();
  private final Map<NotificationId, Long> timers = new HashMap<>();
  private final Promise<Void> drained = Promise.promise();
  private boolean stopping;

  /**
   * Makes it.
   *
   * @param over told of each operation that had its end, once that is stored
   */
  Sagas(
      Vertx vertx,
      OperationLedger ledger,
      SagaActs acts,
      OperationSettings settings,
      OperationStep step,
      Consumer<Operation> over,
      OperationMeter meter,
      Clock clock) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.acts = acts;
    this.settings = settings;
    this.step = step;
    this.over = over;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * Takes one that is due, unless it has it already or there is no room: then a sweep brings it.
   */
  void take(Operation operation) {
    if (stopping
        || running.size() >= settings.maxUnderWay()
        || !operation.state().isOpen()
        || putOff.holds(operation.id(), clock.millis())
        || !running.add(operation.id())) {
      return;
    }
    if (operation.state() == OperationState.TRYING) {
      LOG.info("{} was broken off and is settled", operation);
      store(operation, step.brokenOff(operation, clock.millis()));
    } else {
      go(operation);
    }
  }

  /** Begins nothing more; succeeds when nothing is under way any more. */
  Future<Void> drain() {
    stopping = true;
    timers.values().forEach(vertx::cancelTimer);
    List<NotificationId> waiting = List.copyOf(timers.keySet());
    timers.clear();
    waiting.forEach(this::letGo);
    if (running.isEmpty()) {
      drained.tryComplete();
    }
    return drained.future();
  }

  private void letGo(NotificationId id) {
    running.remove(id);
    if (stopping && running.isEmpty()) {
      drained.tryComplete();
    }
  }

  private void go(Operation operation) {
    if (!operation.state().isOpen()) {
      letGo(operation.id());
      over.accept(operation);
    } else if (operation.state() == OperationState.TRYING && stopping) {
      store(operation, acts.notMade(operation, OperationStep.NODE_STOPPED));
    } else if (stopping) {
      letGo(operation.id());
    } else {
      act(operation)
          .onComplete(
              next -> store(operation, next),
              failure -> {
                LOG.error("{} is taken up again by the sweep", operation, failure);
                letGo(operation.id());
              });
    }
  }

  private Future<Optional<OperationProgress>> act(Operation operation) {
    return switch (operation.state()) {
      case PENDING -> acts.choose(operation);
      case TRYING -> acts.perform(operation);
      case UNSETTLED -> acts.lookUp(operation);
      case CONFIRMED, FAILED, CANCELLED -> Future.succeededFuture(Optional.empty());
    };
  }

  private void store(Operation before, Optional<OperationProgress> next) {
    if (next.isEmpty()) {
      letGo(before.id());
    } else {
      write(before, before.with(next.get()));
    }
  }

  private void write(Operation before, Operation after) {
    ledger
        .write(before, after, acts.neighbours(after), settings.watch().toMillis())
        .onComplete(
            written -> written(before, after, written),
            failure -> {
              if (!(failure instanceof LedgerUnavailableException)) {
                refused(after, failure);
              } else if (stopping) {
                letGo(before.id());
              } else {
                LOG.warn("{} is not stored yet: {}", after, failure.toString());
                timer(before.id(), STORE_AGAIN_MILLIS, () -> write(before, after));
              }
            });
  }

  /**
   * To offer the same again does not help: the operation stays as it is stored, and goes on from
   * there when it is due, after a while.
   */
  private void refused(Operation after, Throwable failure) {
    LOG.error("{} cannot be stored, and goes on from where it was: look at it", after, failure);
    meter.stuck(after.kind());
    putOff.add(after.id(), clock.millis());
    letGo(after.id());
  }

  private void written(Operation before, Operation after, Written written) {
    switch (written) {
      case APPLIED -> {
        putOff.remove(after.id());
        follow(after);
      }
      case OVERTAKEN -> letGo(before.id());
      case CLAIMED -> store(before, step.claimedByOther(before, clock.millis()));
    }
  }

  private void follow(Operation operation) {
    long wait = operation.progress().dueAtMillis() - clock.millis();
    if (operation.state() == OperationState.TRYING || !operation.state().isOpen() || wait <= 0) {
      go(operation);
    } else if (wait <= SHORT_MILLIS && !stopping) {
      timer(operation.id(), wait, () -> go(operation));
    } else {
      letGo(operation.id());
    }
  }

  private void timer(NotificationId id, long millis, Runnable what) {
    timers.put(
        id,
        vertx.setTimer(
            millis,
            due -> {
              timers.remove(id);
              what.run();
            }));
  }
}

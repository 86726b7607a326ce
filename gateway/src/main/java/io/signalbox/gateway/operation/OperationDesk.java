package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.bus.OperationAccepted;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationLedger.Accepted;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.OperationState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The door to the operations of this node, over its ledger. */
public final class OperationDesk implements Operations {
  /** The code of an attempt that its provider told of by itself. */
  private static final String TOLD = "told";

  private final Vertx vertx;
  private final Bus bus;
  private final OperationLedger ledger;
  private final OperationHall hall;
  private final NotificationIds ids;
  private final OperationSettings settings;
  private final OperationStep step;
  private final Clock clock;

  /** Makes the door. */
  public OperationDesk(
      Vertx vertx,
      Bus bus,
      OperationLedger ledger,
      OperationHall hall,
      NotificationIds ids,
      OperationSettings settings,
      Clock clock) {
    this.vertx = vertx;
    this.bus = bus;
    this.ledger = ledger;
    this.hall = hall;
    this.ids = ids;
    this.settings = settings;
    this.step = new OperationStep(OperationRules.of(settings), clock.millis());
    this.clock = clock;
  }

  @Override
  public Future<Submitted> submit(NewOperation wish) {
    return hall.enter(wish.kind())
        .map(refusal -> known(wish, refusal))
        .orElseGet(() -> accept(wish))
        .compose(accepted -> submitted(accepted, wish));
  }

  private Future<Submitted> submitted(Accepted accepted, NewOperation wish) {
    return accepted.sameRequest()
        ? ended(accepted.operation(), wish.waitFor())
            .map(now -> new Submitted(now, accepted.repeated()))
        : Future.failedFuture(new OtherRequestException());
  }

  @Override
  public Future<Optional<Submitted>> repeated(NewOperation wish) {
    return before(wish)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : submitted(found.get(), wish).map(Optional::of));
  }

  private Future<Optional<Accepted>> before(NewOperation wish) {
    String key = wish.idempotencyKey();
    return key == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.accepted(wish.tenant(), key, wish.digest());
  }

  private Future<Accepted> accept(NewOperation wish) {
    Operation operation = of(wish);
    return ledger
        .accept(operation, wish.idempotencyKey(), wish.digest())
        .onFailure(failure -> hall.notStored(wish.kind()))
        .onSuccess(
            accepted -> {
              if (accepted.repeated()) {
                hall.notStored(wish.kind());
              } else {
                bus.send(Addresses.OPERATIONS, new OperationAccepted(operation));
              }
            });
  }

  /** There is no room; but what was accepted before is there. */
  private Future<Accepted> known(NewOperation wish, String refusal) {
    return before(wish)
        .compose(
            found -> {
              if (found.isPresent()) {
                return Future.succeededFuture(found.get());
              }
              hall.meter().refused(wish.kind());
              return Future.failedFuture(new NothingDoneException(refusal));
            });
  }

  private Operation of(NewOperation wish) {
    long now = clock.millis();
    long patience = wish.patience().toMillis();
    return new Operation(
        ids.next(),
        wish.tenant(),
        wish.kind(),
        wish.service(),
        wish.country(),
        wish.request(),
        now,
        patience == 0 ? 0 : now + patience,
        wish.trace(),
        0,
        OperationProgress.begin(now));
  }

  @Override
  public Future<Optional<Operation>> read(String tenant, NotificationId id) {
    return ledger.operation(tenant, id);
  }

  @Override
  public Future<Optional<Operation>> await(String tenant, NotificationId id, Duration wait) {
    return read(tenant, id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(found)
                    : ended(found.get(), wait).map(Optional::of));
  }

  /** As it is at its end, or when the time is over. */
  private Future<Operation> ended(Operation operation, Duration wish) {
    long wait = Math.min(wish.toMillis(), settings.longestWait().toMillis());
    if (!operation.state().isOpen() || wait <= 0) {
      return Future.succeededFuture(operation);
    }
    Context context = vertx.getOrCreateContext();
    Promise<Operation> over = Promise.promise();
    // What ends before the bell is there, or on another node, is found by the verticle's look.
    Consumer<Operation> bell = ended -> context.runOnContext(here -> over.tryComplete(ended));
    if (!hall.waits().add(operation.id(), bell)) {
      hall.meter().notWaited(operation.kind());
      return Future.succeededFuture(operation);
    }
    long timer =
        vertx.setTimer(
            wait,
            late ->
                read(operation)
                    .onComplete(
                        now -> over.tryComplete(now.succeeded() ? now.result() : operation)));
    return over.future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              hall.waits().remove(operation.id(), bell);
            });
  }

  private Future<Operation> read(Operation operation) {
    return ledger.operation(operation.tenant(), operation.id()).map(now -> now.orElse(operation));
  }

  @Override
  public Future<Boolean> found(NotificationId id, int attempt, OperationResult result) {
    return ledger
        .operation(id)
        .compose(
            found ->
                found
                    .filter(now -> now.state().isOpen() && isNewest(now, attempt))
                    .map(now -> found(now, attempt, result))
                    .orElse(Future.succeededFuture(false)));
  }

  private static boolean isNewest(Operation operation, int attempt) {
    List<OperationAttempt> attempts = operation.progress().attempts();
    return !attempts.isEmpty() && attempts.get(attempts.size() - 1).number() == attempt;
  }

  private Future<Boolean> found(Operation operation, int attempt, OperationResult result) {
    long now = clock.millis();
    End end = new End(How.FOUND, now, false, TOLD, 0, null);
    Optional<OperationProgress> next =
        operation.state() == OperationState.UNSETTLED
            ? step.found(operation, result, now)
            : step.answered(operation, end, result, now);
    if (next.isEmpty()) {
      return Future.succeededFuture(false);
    }
    Operation after = operation.with(next.get());
    return ledger
        .write(operation, after, 0)
        .compose(
            written ->
                switch (written) {
                  case APPLIED -> {
                    hall.ended(after);
                    yield Future.succeededFuture(true);
                  }
                  case OVERTAKEN -> found(operation.id(), attempt, result);
                  case CLAIMED -> Future.succeededFuture(false);
                });
  }

  @Override
  public Future<Optional<CancelResult>> cancel(String tenant, NotificationId id) {
    return read(tenant, id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : cancel(found.get()).map(Optional::of));
  }

  private Future<CancelResult> cancel(Operation operation) {
    Optional<OperationProgress> next = step.cancelled(operation, clock.millis());
    if (next.isEmpty()) {
      return Future.succeededFuture(new CancelResult(operation, false));
    }
    Operation after = operation.with(next.get());
    return ledger
        .write(operation, after, 0)
        .compose(
            written -> {
              if (written == Written.APPLIED) {
                hall.ended(after);
                return Future.succeededFuture(new CancelResult(after, true));
              }
              // It has moved on meanwhile: pending still, perhaps.
              return read(operation)
                  .compose(
                      now ->
                          now.version() == operation.version()
                              ? Future.succeededFuture(new CancelResult(now, false))
                              : cancel(now));
            });
  }
}

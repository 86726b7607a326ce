package io.signalbox.gateway.rental;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.failure.ErrorContext;
import io.signalbox.gateway.failure.OperationException;
import io.signalbox.gateway.failure.ProviderError;
import io.signalbox.gateway.failure.ShortageError;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.Accounts;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where rented numbers are given back, ended, or asked for one more code. Thread-safe. */
public final class RentalDesk {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** So long after a rent it is given back nowhere too early, see docs/adr/0050. */
  private static final Duration EARLY = Duration.ofMinutes(2);

  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** The poller may store something of the same rental at the same time, though not often. */
  private static final int MOST_TRIES = 5;

  private final Operations operations;
  private final OperationLedger ledger;
  private final ProviderCalls calls;
  private final NumbersSettings settings;
  private final Clock clock;

  /** Makes it. */
  public RentalDesk(
      Operations operations,
      OperationLedger ledger,
      ProviderCalls calls,
      NumbersSettings settings,
      Clock clock) {
    this.operations = operations;
    this.ledger = ledger;
    this.calls = calls;
    this.settings = settings;
    this.clock = clock;
  }

  /** A rent of a tenant; empty if there is none of that id. */
  public Future<Optional<Operation>> read(String tenant, NotificationId id) {
    return operations
        .read(tenant, id)
        .map(found -> found.filter(operation -> operation.kind() == Channel.NUMBER));
  }

  /**
   * Changes a rental at its provider. What is so already is not asked for again.
   *
   * @return as it is then; empty if the tenant has none of that id. Fails with a {@link
   *     GatewayException} of status 409 if it is not in a state for that, and with an {@link
   *     OperationException} if the provider did not do it
   */
  public Future<Optional<Operation>> change(String tenant, NotificationId id, RentalChange change) {
    return read(tenant, id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(found)
                    : change(found.get(), change).map(Optional::of));
  }

  private Future<Operation> change(Operation operation, RentalChange change) {
    if (operation.state().isOpen()) {
      return change == RentalChange.CANCEL
          ? callBack(operation)
          : refuse("no number is rented yet; ask again when the rent has its end");
    }
    OperationResult result = operation.result();
    if (result == null) {
      return operation.state() == OperationState.CANCELLED && change == RentalChange.CANCEL
          ? Future.succeededFuture(operation)
          : refuse("no number was rented: the operation is " + operation.state().wireName());
    }
    RentedNumber number = RentedNumber.of(result.value());
    if (isSo(number.state(), change)) {
      return Future.succeededFuture(operation);
    }
    if (!number.state().isLive()) {
      return refuse("the rental has ended: it is " + number.state().wireName());
    }
    return ask(operation, result, change);
  }

  private static boolean isSo(RentalState state, RentalChange change) {
    return switch (change) {
      case CANCEL -> state == RentalState.CANCELLED;
      case FINISH -> state == RentalState.FINISHED;
      case RETRY -> state == RentalState.WAITING_FOR_ANOTHER;
    };
  }

  private static <T> Future<T> refuse(String detail) {
    return Future.failedFuture(new GatewayException(409, detail));
  }

  private Future<Operation> callBack(Operation operation) {
    return operations
        .cancel(operation.tenant(), operation.id())
        .compose(
            cancelled -> {
              if (cancelled.isEmpty()) {
                return refuse("the operation is not there any more");
              }
              Operation now = cancelled.get().operation();
              return cancelled.get().cancelled()
                  ? Future.succeededFuture(now)
                  : now.state().isOpen()
                      ? refuse("a provider is being asked; cancel again when the rent has its end")
                      : change(now, RentalChange.CANCEL);
            });
  }

  private Future<Operation> ask(Operation operation, OperationResult result, RentalChange change) {
    if (Accounts.isElsewhere(calls, operation)) {
      return refuse(
          "the number was rented at another address than "
              + result.provider()
              + " has now; change it there by hand, or bring the address back");
    }
    ChangeRental call =
        new ChangeRental(RentKind.ref(operation, result.providerId()), change, TIMEOUT);
    return calls
        .call(result.provider(), call, new CalledBy(operation.tenant(), operation.trace()))
        .compose(
            answer -> {
              if (answer instanceof Answer.Done<RentalStatus> done) {
                return store(operation, change, done.value(), MOST_TRIES);
              }
              if (answer instanceof Answer.Failed<RentalStatus> failed) {
                return Future.failedFuture(
                    new OperationException(
                        ProviderError.of(
                            operation.correlationId(),
                            new ErrorContext(change.wireName(), operation.id().toString()),
                            result.provider(),
                            true,
                            failed.outcome(),
                            List.of())));
              }
              Shortage shortage = ((Answer.Unserved<RentalStatus>) answer).shortage();
              return Future.failedFuture(
                  new OperationException(shortage(operation, result, change, shortage)));
            });
  }

  private ShortageError shortage(
      Operation operation, OperationResult result, RentalChange change, Shortage shortage) {
    long age = clock.millis() - operation.progress().endedAtMillis();
    @Nullable Duration retryAfter =
        switch (shortage) {
          case TOO_EARLY -> longer(Duration.ofMillis(EARLY.toMillis() - age), AGAIN);
          case NO_STOCK -> AGAIN;
          case PRICE_LIMIT, NOT_OFFERED -> null;
        };
    return new ShortageError(
        operation.correlationId(),
        new ErrorContext(change.wireName(), operation.id().toString()),
        result.provider(),
        shortage,
        retryAfter);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Future<Operation> store(
      Operation before, RentalChange change, RentalStatus status, int tries) {
    OperationResult result = before.result();
    if (result == null || tries == 0) {
      return Future.failedFuture(new IllegalStateException("a rental changes again and again"));
    }
    long now = clock.millis();
    RentalStep step =
        RentalStep.answered(
            RentedNumber.of(result.value()),
            Optional.of(status),
            before.progress().endedAtMillis(),
            settings,
            now);
    RentalStep next =
        change == RentalChange.RETRY && step.number().state().isLive()
            ? RentalStep.begin(step.number().askedAgain(), settings, now)
            : step;
    OperationResult after =
        new OperationResult(
            result.provider(), result.providerId(), next.number().toJson(), next.followAtMillis());
    return ledger
        .amend(before, after, step.news() ? RentalVerticle.NEWS : null, now)
        .compose(
            written ->
                written == Written.APPLIED
                    ? operations
                        .read(before.tenant(), before.id())
                        .map(found -> found.orElse(before))
                    : operations
                        .read(before.tenant(), before.id())
                        .compose(found -> store(found.orElse(before), change, status, tries - 1)));
  }
}

package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the state of an operation asks for, and tells what follows; nothing is stored here. The
 * Futures that it gives do not fail.
 */
final class SagaActs {
  private static final Logger LOG = LoggerFactory.getLogger(SagaActs.class);
  private static final long CANDIDATES_SECONDS = 10;
  private static final long KNOWN_SINCE_MILLIS = Duration.ofHours(1).toMillis();
  private static final Candidates NOBODY = new Candidates(List.of(), "none", 0);

  private final OperationLedger ledger;
  private final OperationKinds kinds;
  private final ProviderCalls calls;
  private final OperationSettings settings;
  private final OperationStep step;
  private final Function<Found, Future<Void>> leftOver;
  private final Clock clock;
  private final DoubleSupplier random;

  /**
   * Makes it.
   *
   * @param leftOver takes what was found of an attempt beside what its operation has
   */
  SagaActs(
      OperationLedger ledger,
      OperationKinds kinds,
      ProviderCalls calls,
      OperationSettings settings,
      OperationStep step,
      Function<Found, Future<Void>> leftOver,
      Clock clock,
      DoubleSupplier random) {
    this.ledger = ledger;
    this.kinds = kinds;
    this.calls = calls;
    this.settings = settings;
    this.step = step;
    this.leftOver = leftOver;
    this.clock = clock;
    this.random = random;
  }

  /** Asks for candidates. */
  Future<Optional<OperationProgress>> choose(Operation operation) {
    OperationKind<?> kind = kinds.of(operation.kind());
    return guarded(() -> kind == null ? Future.succeededFuture(NOBODY) : kind.candidates(operation))
        .timeout(CANDIDATES_SECONDS, TimeUnit.SECONDS)
        .otherwise(
            failure -> {
              LOG.warn("{} has no candidates: {}", operation, failure.toString());
              return NOBODY;
            })
        .map(
            found ->
                step.chosen(
                    operation, found, calls::account, clock.millis(), random.getAsDouble()));
  }

  /** Makes the newest attempt. */
  Future<Optional<OperationProgress>> perform(Operation operation) {
    OperationKind<?> kind = kinds.of(operation.kind());
    if (kind == null) {
      return Future.succeededFuture(step.brokenOff(operation, clock.millis()));
    }
    OperationAttempt attempt = operation.progress().newest();
    long left = attempt.deadlineAtMillis() - clock.millis();
    return left <= 0
        ? Future.succeededFuture(notMade(operation, "deadline_over"))
        : perform(operation, kind, attempt, Duration.ofMillis(left));
  }

  /** The newest attempt was stored and certainly not made. */
  Optional<OperationProgress> notMade(Operation operation, String code) {
    long now = clock.millis();
    End end = new End(How.TRANSIENT, now, true, code, 0, "the provider was not asked");
    return step.answered(operation, end, null, now);
  }

  private <T> Future<Optional<OperationProgress>> perform(
      Operation operation, OperationKind<T> kind, OperationAttempt attempt, Duration timeout) {
    return guarded(
            () ->
                calls.call(
                    attempt.provider(),
                    kind.perform(operation, attempt, timeout),
                    new CalledBy(operation.tenant(), operation.trace())))
        .map(answer -> answered(operation, kind, attempt, answer))
        .otherwise(
            failure -> {
              LOG.error("nobody knows how an attempt of {} ended", operation, failure);
              long now = clock.millis();
              String why = failure.toString();
              End end = new End(How.UNKNOWN, now, true, "result_unreadable", 0, why);
              return step.answered(operation, end, null, now);
            });
  }

  private <T> Optional<OperationProgress> answered(
      Operation operation, OperationKind<T> kind, OperationAttempt attempt, Answer<T> answer) {
    long now = clock.millis();
    End end = AnswerEnd.of(answer, now);
    if (end.how() == How.UNKNOWN) {
      LOG.info("nobody knows whether {} did {}: it is looked up", attempt.provider(), operation);
    }
    OperationResult result =
        answer instanceof Answer.Done<T> done
            ? kind.result(operation, attempt, done.value())
            : null;
    return step.answered(operation, end, result, now);
  }

  /** Looks for what the newest attempt did. */
  Future<Optional<OperationProgress>> lookUp(Operation operation) {
    OperationKind<?> kind = kinds.of(operation.kind());
    if (kind == null) {
      return Future.succeededFuture(step.notAsked(operation, clock.millis()));
    }
    return find(operation, operation.progress().newest(), kind)
        .compose(found -> lookedUp(operation, kind, fitting(operation, kind, found)))
        .otherwise(
            failure -> {
              LOG.warn("a look-up for {} failed: {}", operation, failure.toString());
              return step.notAsked(operation, clock.millis());
            });
  }

  private static @Nullable List<OperationResult> fitting(
      Operation operation, OperationKind<?> kind, @Nullable List<OperationResult> found) {
    return found == null ? null : found.stream().filter(one -> kind.fits(operation, one)).toList();
  }

  private Future<Optional<OperationProgress>> lookedUp(
      Operation operation, OperationKind<?> kind, @Nullable List<OperationResult> found) {
    long now = clock.millis();
    OperationAttempt attempt = operation.progress().newest();
    if (found == null) {
      return Future.succeededFuture(step.notAsked(operation, now));
    }
    if (found.isEmpty()) {
      return Future.succeededFuture(step.notFound(operation, now));
    }
    if (kind.findsByReference()) {
      // All the others first: once it is confirmed, nobody looks for them any more.
      return Future.join(
              found.stream()
                  .skip(1)
                  .map(
                      one ->
                          new Found(operation, attempt.number(), one.provider(), one.providerId()))
                  .map(leftOver)
                  .toList())
          .map(taken -> step.found(operation, found.get(0), now));
    }
    // Where others rent as well, nobody knows whose it is.
    return Future.succeededFuture(
        isExclusive(attempt)
            ? step.found(operation, found.get(0), now)
            : step.notAsked(operation, now));
  }

  /** Whether what is nobody's at the account of an attempt can only be ours. */
  boolean isExclusive(OperationAttempt attempt) {
    return attempt.exclusive() && !settings.sharedAccounts().contains(attempt.provider());
  }

  /** The providers that may be at the same account as the one that has done an operation. */
  Set<String> neighbours(Operation operation) {
    OperationKind<?> kind = kinds.of(operation.kind());
    OperationResult result = operation.result();
    return kind == null || result == null ? Set.of() : kind.neighbours(result.provider());
  }

  /**
   * Looks at a provider for what an attempt may have made and nobody has; null as the result if the
   * provider could not be asked. At another account than the attempt's only what has our reference
   * is believed, and not that there is nothing.
   */
  <T> Future<@Nullable List<OperationResult>> find(
      Operation operation, OperationAttempt attempt, OperationKind<T> kind) {
    boolean other = Accounts.isOther(calls, attempt);
    if (other) {
      LOG.warn(
          "{} of {} was made at another account than {} has now: bring its credentials back",
          attempt.number(),
          operation,
          attempt.provider());
    }
    return other && !kind.findsByReference()
        ? Future.succeededFuture(null)
        : ask(operation, attempt, kind)
            .map(
                found -> {
                  boolean same = !other && !Accounts.isOther(calls, attempt);
                  boolean ours = kind.findsByReference() && found != null && !found.isEmpty();
                  return same || ours ? found : null;
                });
  }

  private <T> Future<@Nullable List<OperationResult>> ask(
      Operation operation, OperationAttempt attempt, OperationKind<T> kind) {
    return ledger
        .claimed(
            kind.neighbours(attempt.provider()), attempt.startedAtMillis() - KNOWN_SINCE_MILLIS)
        .compose(
            known ->
                calls
                    .call(
                        attempt.provider(),
                        kind.find(operation, attempt, known, settings.lookUpTimeout()),
                        new CalledBy(operation.tenant(), operation.trace()))
                    .map(answer -> results(operation, kind, attempt, answer, known)));
  }

  private static <T> @Nullable List<OperationResult> results(
      Operation operation,
      OperationKind<T> kind,
      OperationAttempt attempt,
      Answer<List<T>> answer,
      Set<String> known) {
    if (!(answer instanceof Answer.Done<List<T>> done)) {
      return null;
    }
    List<OperationResult> found = new ArrayList<>();
    for (T value : done.value()) {
      OperationResult result = kind.result(operation, attempt, value);
      if (!known.contains(result.providerId())) {
        found.add(result);
      }
    }
    return found;
  }

  private static <T> Future<T> guarded(Supplier<Future<T>> what) {
    try {
      return what.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}

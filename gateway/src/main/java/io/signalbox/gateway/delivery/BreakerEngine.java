package io.signalbox.gateway.delivery;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.breaker.Breaker;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Permit;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.circuitbreaker.TimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one provider: vertx-circuit-breaker is the engine (time-out, failing fast
 * while open, the timer to half-open), our state machine decides.
 *
 * <p>The engine's own rules do not fit: any success clears its window, one success closes it, an
 * answer that is neither good nor bad counts as good, and late answers count. So its own counting
 * is switched off, and each of the machine's transitions puts a fresh engine in place: an open one,
 * whose timer calls the machine, or a closed one, before which the machine limits the trials. Calls
 * under way keep the engine they began with. See docs/adr/0007.
 *
 * <p>Thread-confined to the provider verticle's context.
 */
final class BreakerEngine {
  /** The provider keeps the attempt's timeout; the engine's is a net below it. */
  private static final Duration NET = Duration.ofMillis(500);

  private final Vertx vertx;
  private final String name;
  private final long callTimeoutMillis;
  private final Clock clock;
  private final Listener listener;
  private final BreakerTrail trail;
  private final Breaker machine;
  private CircuitBreaker engine;

  BreakerEngine(
      Vertx vertx,
      String name,
      BreakerSettings settings,
      Duration callTimeout,
      Clock clock,
      Listener listener) {
    this.vertx = vertx;
    this.name = name;
    this.callTimeoutMillis = callTimeout.plus(NET).toMillis();
    this.clock = clock;
    this.listener = listener;
    this.trail = new BreakerTrail(settings.rollingWindowMillis());
    this.machine = new Breaker(settings, this::moved);
    this.engine = closedEngine();
  }

  /** Hears of every transition once. */
  interface Listener {
    /**
     * Called after a transition.
     *
     * @param evidence what led to it, a JSON object
     */
    void moved(Transition transition, String evidence);
  }

  /**
   * How a call went.
   *
   * @param called whether the provider was called at all
   */
  record Result<A>(A answer, boolean called) {}

  /**
   * Calls the provider, if the breaker lets it. The Future never fails.
   *
   * @param kind what its answers say
   */
  <A> Future<Result<A>> call(
      AttemptId attempt, AnswerKind<A> kind, Supplier<@Nullable Future<A>> provider) {
    Permit permit = machine.tryAcquire(clock.millis());
    if (permit instanceof Permit.Denied denied) {
      return Future.succeededFuture(notCalled(kind, denied.state().wireName()));
    }
    Permit.Granted granted = (Permit.Granted) permit;
    trail.begun(granted, attempt);
    Future<A> called =
        kind.hasOwnTimeout() ? checked(provider) : engine.execute(() -> checked(provider));
    return called
        .map(answer -> new Result<>(answer, true))
        .otherwise(failure -> withoutAnswer(kind, failure))
        .onSuccess(result -> report(attempt, granted, kind, result));
  }

  /** A plugin may break its contract: null, or a throw, is a failed Future here. */
  static <A> Future<A> checked(Supplier<@Nullable Future<A>> provider) {
    try {
      Future<A> asked = provider.get();
      return asked == null
          ? Future.failedFuture("the provider returned no Future")
          : asked.compose(
              answer ->
                  answer == null
                      ? Future.failedFuture("the provider returned no outcome")
                      : Future.succeededFuture(answer));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return Future.failedFuture(e);
    }
  }

  private static <A> Result<A> withoutAnswer(AnswerKind<A> kind, Throwable failure) {
    return failure instanceof OpenCircuitException
        ? notCalled(kind, BreakerState.OPEN.wireName())
        : new Result<>(kind.instead(unknown(failure)), true);
  }

  /** The outcome of a call that was made and failed without an answer. */
  static Outcome unknown(Throwable failure) {
    boolean late =
        failure instanceof TimeoutException
            || failure instanceof java.util.concurrent.TimeoutException;
    String code = late ? FailureKinds.TIMEOUT : FailureKinds.PROVIDER_BUG;
    return new Outcome.Unknown(
        Evidence.unanswered(Progress.BODY_WRITTEN, code, String.valueOf(failure.getMessage())));
  }

  private static <A> Result<A> notCalled(AnswerKind<A> kind, String state) {
    Evidence evidence =
        Evidence.unanswered(
            Progress.NOT_CONNECTED, PastAttempt.BREAKER_OPEN, "the breaker is " + state);
    return new Result<>(kind.instead(new Outcome.Transient(evidence)), false);
  }

  private <A> void report(
      AttemptId attempt, Permit.Granted permit, AnswerKind<A> kind, Result<A> result) {
    long now = clock.millis();
    trail.ended(permit);
    if (!result.called()) {
      machine.onResult(permit, AttemptResult.NEUTRAL, now);
      return;
    }
    AnswerKind.Said said = kind.said(result.answer());
    Outcome outcome = said.outcome();
    if (outcome != null
        && said.counted() == AttemptResult.FAILURE
        && permit.generation() == machine.snapshot().generation()) {
      trail.failed(attempt, outcome, now);
    }
    if (outcome != null && outcome.kind() == OutcomeKind.PROVIDER_FAULT) {
      machine.providerFault(permit, now, "provider fault: " + outcome.evidence().code());
    } else {
      machine.onResult(permit, said.counted(), now);
    }
  }

  private void moved(Transition transition) {
    CircuitBreaker before = engine;
    engine =
        transition.to() == BreakerState.OPEN
            ? openEngine(transition.openUntilMillis() - transition.atMillis())
            : closedEngine();
    before.close();
    listener.moved(transition, trail.explain(transition));
  }

  private CircuitBreaker closedEngine() {
    return CircuitBreaker.create(name, vertx, options());
  }

  private CircuitBreaker openEngine(long openForMillis) {
    CircuitBreaker opened =
        CircuitBreaker.create(name, vertx, options().setResetTimeout(Math.max(1, openForMillis)));
    opened.halfOpenHandler(due -> tick());
    return opened.open();
  }

  private CircuitBreakerOptions options() {
    return new CircuitBreakerOptions()
        .setMaxFailures(Integer.MAX_VALUE)
        .setTimeout(callTimeoutMillis)
        .setFallbackOnFailure(false);
  }

  /** Lets time take effect. */
  void tick() {
    machine.tick(clock.millis());
  }

  void forceOpen(String reason) {
    machine.forceOpen(clock.millis(), reason);
  }

  void providerFault(String reason) {
    machine.providerFault(clock.millis(), reason);
  }

  void reset(String reason) {
    machine.reset(clock.millis(), reason);
  }

  BreakerSnapshot snapshot() {
    return machine.snapshot();
  }

  /** Takes over a state that was stored. */
  void restore(BreakerSnapshot stored) {
    long now = clock.millis();
    machine.restore(stored, now);
    CircuitBreaker before = engine;
    engine =
        machine.state() == BreakerState.OPEN
            ? openEngine(machine.snapshot().openUntilMillis() - now)
            : closedEngine();
    before.close();
  }

  /** Takes over what another gateway decided, if that is newer; the listener hears of it. */
  void merge(BreakerSnapshot other) {
    machine.merge(other, clock.millis());
  }

  void close() {
    engine.close();
  }
}

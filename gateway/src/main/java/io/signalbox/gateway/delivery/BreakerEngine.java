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
  record Result(Outcome outcome, boolean called) {}

  /**
   * Calls the provider, if the breaker lets it. The Future never fails.
   *
   * @param cutShort whether it has less time than it may take: a missing answer does not count then
   */
  Future<Result> call(
      AttemptId attempt, boolean cutShort, Supplier<@Nullable Future<Outcome>> provider) {
    Permit permit = machine.tryAcquire(clock.millis());
    if (permit instanceof Permit.Denied denied) {
      return Future.succeededFuture(notCalled(denied.state().wireName()));
    }
    Permit.Granted granted = (Permit.Granted) permit;
    trail.begun(granted, attempt);
    return engine
        .execute(() -> checked(provider))
        .map(outcome -> new Result(outcome, true))
        .otherwise(BreakerEngine::withoutOutcome)
        .onSuccess(result -> report(attempt, granted, cutShort, result));
  }

  /** A plugin may break its contract: null, or a throw, is a failed Future here. */
  private static Future<Outcome> checked(Supplier<@Nullable Future<Outcome>> provider) {
    try {
      Future<Outcome> answer = provider.get();
      return answer == null
          ? Future.failedFuture("the provider returned no Future")
          : answer.compose(
              outcome ->
                  outcome == null
                      ? Future.failedFuture("the provider returned no outcome")
                      : Future.succeededFuture(outcome));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return Future.failedFuture(e);
    }
  }

  private static Result withoutOutcome(Throwable failure) {
    if (failure instanceof OpenCircuitException) {
      return notCalled(BreakerState.OPEN.wireName());
    }
    String code =
        failure instanceof TimeoutException ? FailureKinds.TIMEOUT : FailureKinds.PROVIDER_BUG;
    return new Result(
        new Outcome.Unknown(
            Evidence.unanswered(Progress.BODY_WRITTEN, code, String.valueOf(failure.getMessage()))),
        true);
  }

  private static Result notCalled(String state) {
    Evidence evidence =
        Evidence.unanswered(
            Progress.NOT_CONNECTED, PastAttempt.BREAKER_OPEN, "the breaker is " + state);
    return new Result(new Outcome.Transient(evidence), false);
  }

  private void report(AttemptId attempt, Permit.Granted permit, boolean cutShort, Result result) {
    long now = clock.millis();
    AttemptResult counted =
        result.called() ? FailureKinds.result(result.outcome(), cutShort) : AttemptResult.NEUTRAL;
    trail.ended(permit);
    if (counted == AttemptResult.FAILURE
        && permit.generation() == machine.snapshot().generation()) {
      trail.failed(attempt, result.outcome(), now);
    }
    if (result.outcome().kind() == OutcomeKind.PROVIDER_FAULT) {
      Evidence evidence = result.outcome().evidence();
      machine.providerFault(permit, now, "provider fault: " + evidence.code());
    } else {
      machine.onResult(permit, counted, now);
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

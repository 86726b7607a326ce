package io.signalbox.gateway.delivery;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.scoring.breaker.TransitionCause;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A breaker with the real vertx-circuit-breaker, on a context of its own. */
abstract class BaseBreakerEngineTest {
  static final Evidence EVIDENCE = Evidence.answered(200, null, null);

  final List<Transition> transitions = new CopyOnWriteArrayList<>();
  final List<JsonObject> evidence = new CopyOnWriteArrayList<>();
  final Clock clock = Clock.systemUTC();
  final NotificationIds ids = new NotificationIds(clock, 0);
  private final List<BreakerEngine> engines = new ArrayList<>();
  private Vertx vertx;
  private Context context;
  BreakerEngine engine;

  static Future<Outcome> sent() {
    return Future.succeededFuture(new Outcome.Sent("id", EVIDENCE));
  }

  static Future<Outcome> rejected() {
    return Future.succeededFuture(new Outcome.Rejected(ReasonClass.HARD_BOUNCE, EVIDENCE));
  }

  static Future<Outcome> failed() {
    return Future.succeededFuture(
        new Outcome.Transient(Evidence.answered(500, "E500", "no luck, ada@example.com")));
  }

  static Future<Outcome> unauthorised() {
    return Future.succeededFuture(new Outcome.ProviderFault(Evidence.answered(401, "key", "bad")));
  }

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 3, 1, 5_000));
  }

  /** Goes on with one that stays open for as long as the test may take, and whose calls may. */
  void beginPatiently() {
    begin(
        new BreakerSettings(5, 0.1, 0.5, 20, 600_000, 600_000, 600_000, 3, 1, 600_000),
        Duration.ofMinutes(10));
  }

  /** Goes on with another engine, of a call timeout of 200 ms. */
  void begin(BreakerSettings settings) {
    begin(settings, Duration.ofMillis(200));
  }

  void begin(BreakerSettings settings, Duration callTimeout) {
    transitions.clear();
    evidence.clear();
    engine =
        onContext(
            () -> new BreakerEngine(vertx, "test", settings, callTimeout, clock, this::moved));
    engines.add(engine);
  }

  private void moved(Transition transition, String explained) {
    transitions.add(transition);
    evidence.add(new JsonObject(explained));
  }

  @AfterEach
  void stop() {
    engines.forEach(BreakerEngine::close);
    Future<Void> closed = vertx.close();
    await().until(closed::isComplete);
  }

  /** The engine belongs to one context, as in a verticle. */
  <T> T onContext(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        run -> {
          try {
            done.complete(action.get());
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return ended(done.future());
  }

  static <T> T ended(Future<T> future) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  AttemptId attempt() {
    return new AttemptId(ids.next(), 1);
  }

  Future<BreakerEngine.Result<Outcome>> begin(Supplier<Future<Outcome>> provider) {
    return begin(attempt(), provider);
  }

  Future<BreakerEngine.Result<Outcome>> begin(
      AttemptId attempt, Supplier<Future<Outcome>> provider) {
    // Completes after the engine's own handlers, which are on the Future before this one.
    return onContext(
        () -> {
          Promise<BreakerEngine.Result<Outcome>> result = Promise.promise();
          engine.call(attempt, AnswerKind.delivery(false), provider).onComplete(result);
          return result.future();
        });
  }

  BreakerEngine.Result<Outcome> call(Supplier<Future<Outcome>> provider) {
    return ended(begin(provider));
  }

  void calls(int count, Supplier<Future<Outcome>> provider) {
    for (int i = 0; i < count; i++) {
      call(provider);
    }
  }

  BreakerState state() {
    return onContext(() -> engine.snapshot().state());
  }

  int trialSuccesses() {
    return onContext(() -> engine.snapshot().trialSuccesses());
  }

  void becomes(BreakerState wanted) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              onContext(
                  () -> {
                    engine.tick();
                    return wanted;
                  });
              assertThat(state()).isEqualTo(wanted);
            });
  }

  /** Opens it by hand. */
  BreakerSnapshot opened() {
    return onContext(
        () -> {
          engine.forceOpen("by hand");
          return engine.snapshot();
        });
  }

  void restore(BreakerSnapshot stored) {
    onContext(
        () -> {
          engine.restore(stored);
          return engine;
        });
  }

  void openIt() {
    calls(5, BaseBreakerEngineTest::failed);
    assertThat(last().to()).isIn(BreakerState.OPEN, BreakerState.HALF_OPEN);
  }

  /** Opens it and waits until the engine's timer half-opens it. */
  void halfOpenIt() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
  }

  Transition last() {
    return transitions.get(transitions.size() - 1);
  }

  JsonObject lastEvidence() {
    return evidence.get(evidence.size() - 1);
  }

  /** What the last transition of that cause was explained by; others may have followed. */
  JsonObject evidenceOf(TransitionCause cause) {
    int last = -1;
    for (int i = 0; i < evidence.size(); i++) {
      last = transitions.get(i).cause() == cause ? i : last;
    }
    assertThat(last).as("a transition of cause %s", cause).isNotNegative();
    return evidence.get(last);
  }
}

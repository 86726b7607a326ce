package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreakerEngineTest {
  private static final Evidence EVIDENCE = Evidence.answered(200, null, null);

  private static Future<Outcome> sent() {
    return Future.succeededFuture(new Outcome.Sent("id", EVIDENCE));
  }

  private static Future<Outcome> rejected() {
    return Future.succeededFuture(new Outcome.Rejected(ReasonClass.HARD_BOUNCE, EVIDENCE));
  }

  private static Future<Outcome> failed() {
    return Future.succeededFuture(new Outcome.Transient(Evidence.answered(500, null, null)));
  }

  private final List<Transition> transitions = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Context context;
  private BreakerEngine engine;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    BreakerSettings settings =
        new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 3, 1, 5_000);
    context = vertx.getOrCreateContext();
    engine = onContext(() -> engine(settings));
  }

  private BreakerEngine engine(BreakerSettings settings) {
    return new BreakerEngine(
        vertx, "test", settings, Duration.ofMillis(200), Clock.systemUTC(), transitions::add);
  }

  @AfterEach
  void stop() {
    engine.close();
    Future<Void> closed = vertx.close();
    await().until(closed::isComplete);
  }

  /** The engine belongs to one context, as in a verticle. */
  private <T> T onContext(Supplier<T> action) {
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

  private static <T> T ended(Future<T> future) {
    await().pollInterval(Duration.ofMillis(1)).until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  private Future<BreakerEngine.Result> begin(Supplier<Future<Outcome>> provider) {
    // Completes after the engine's own handlers, which are on the Future before this one.
    return onContext(
        () -> {
          Promise<BreakerEngine.Result> result = Promise.promise();
          engine.call(provider).onComplete(result);
          return result.future();
        });
  }

  private BreakerEngine.Result call(Supplier<Future<Outcome>> provider) {
    return ended(begin(provider));
  }

  private BreakerState state() {
    return onContext(() -> engine.snapshot().state());
  }

  private void openIt() {
    for (int i = 0; i < 5; i++) {
      call(BreakerEngineTest::failed);
    }
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void opensAfterFiveFailuresAndThenCallsNobody() {
    openIt();
    AtomicInteger calls = new AtomicInteger();
    BreakerEngine.Result result =
        call(
            () -> {
              calls.incrementAndGet();
              return sent();
            });
    assertThat(result.called()).isFalse();
    assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(result.outcome().evidence().code()).isEqualTo("breaker_open");
    assertThat(calls).hasValue(0);
  }

  @Test
  void refusedRecipientsNeverOpenIt() {
    for (int i = 0; i < 100; i++) {
      assertThat(call(BreakerEngineTest::rejected).called()).isTrue();
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aProviderFaultOpensItAtOnce() {
    call(() -> Future.succeededFuture(new Outcome.ProviderFault(Evidence.answered(401, "k", "m"))));
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void theEnginesTimerHalfOpensItAndThreeSuccessesCloseIt() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
    call(BreakerEngineTest::sent);
    call(BreakerEngineTest::sent);
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    call(BreakerEngineTest::sent);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    assertThat(transitions)
        .extracting(Transition::to)
        .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
  }

  @Test
  void halfOpenLetsOneTrialThroughAtATime() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
    Promise<Outcome> slow = Promise.promise();
    Future<BreakerEngine.Result> trial = begin(slow::future);
    assertThat(call(BreakerEngineTest::sent).called()).isFalse();
    slow.complete(new Outcome.Sent("id", EVIDENCE));
    ended(trial);
    assertThat(call(BreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aNeutralAnswerDoesNotCloseAHalfOpenBreaker() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
    for (int i = 0; i < 10; i++) {
      call(BreakerEngineTest::rejected);
    }
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aLateSuccessChangesNothing() {
    Promise<Outcome> late = Promise.promise();
    Future<BreakerEngine.Result> before = begin(late::future);
    openIt();
    late.complete(new Outcome.Sent("id", EVIDENCE));
    ended(before);
    assertThat(before.result().outcome().kind()).isEqualTo(OutcomeKind.SENT);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aHungProviderIsUnknownAfterTheTimeout() {
    BreakerEngine.Result result = call(() -> Promise.<Outcome>promise().future());
    assertThat(result.called()).isTrue();
    assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(result.outcome().evidence().code()).isEqualTo("timeout");
  }

  @Test
  void aProviderThatThrowsIsUnknown() {
    BreakerEngine.Result result =
        call(
            () -> {
              throw new IllegalStateException("a bug of the plugin");
            });
    assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(result.outcome().evidence().code()).isEqualTo("provider_bug");
  }

  @Test
  void manualOpenAndReset() {
    onContext(
        () -> {
          engine.forceOpen("maintenance");
          return engine;
        });
    assertThat(call(BreakerEngineTest::sent).called()).isFalse();
    onContext(
        () -> {
          engine.reset("done");
          return engine;
        });
    assertThat(call(BreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aStoredOpenBreakerStaysOpenAndRecovers() {
    openIt();
    BreakerSettings settings =
        new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 1, 1, 5_000);
    BreakerEngine before = engine;
    engine =
        onContext(
            () -> {
              BreakerEngine restarted = engine(settings);
              restarted.restore(before.snapshot());
              return restarted;
            });
    before.close();
    assertThat(state()).isEqualTo(BreakerState.OPEN);
    await().until(() -> state() == BreakerState.HALF_OPEN);
  }
}

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
  private BreakerEngine engine;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    BreakerSettings settings =
        new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 3, 1, 5_000);
    engine =
        new BreakerEngine(
            vertx, "test", settings, Duration.ofMillis(200), Clock.systemUTC(), transitions::add);
  }

  @AfterEach
  void stop() {
    engine.close();
    Future<Void> closed = vertx.close();
    await().until(closed::isComplete);
  }

  private BreakerEngine.Result call(Supplier<Future<Outcome>> provider) {
    Future<BreakerEngine.Result> result = engine.call(provider);
    await().pollInterval(Duration.ofMillis(1)).until(result::isComplete);
    return result.result();
  }

  private void openIt() {
    for (int i = 0; i < 5; i++) {
      call(BreakerEngineTest::failed);
    }
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.OPEN);
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
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aProviderFaultOpensItAtOnce() {
    call(() -> Future.succeededFuture(new Outcome.ProviderFault(Evidence.answered(401, "k", "m"))));
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void theEnginesTimerHalfOpensItAndThreeSuccessesCloseIt() {
    openIt();
    await().until(() -> engine.snapshot().state() == BreakerState.HALF_OPEN);
    call(BreakerEngineTest::sent);
    call(BreakerEngineTest::sent);
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.HALF_OPEN);
    call(BreakerEngineTest::sent);
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.CLOSED);
    assertThat(transitions)
        .extracting(Transition::to)
        .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
  }

  @Test
  void halfOpenLetsOneTrialThroughAtATime() {
    openIt();
    await().until(() -> engine.snapshot().state() == BreakerState.HALF_OPEN);
    Promise<Outcome> slow = Promise.promise();
    Future<BreakerEngine.Result> trial = engine.call(slow::future);
    assertThat(call(BreakerEngineTest::sent).called()).isFalse();
    slow.complete(new Outcome.Sent("id", EVIDENCE));
    await().until(trial::isComplete);
    assertThat(call(BreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aNeutralAnswerDoesNotCloseAHalfOpenBreaker() {
    openIt();
    await().until(() -> engine.snapshot().state() == BreakerState.HALF_OPEN);
    for (int i = 0; i < 10; i++) {
      call(BreakerEngineTest::rejected);
    }
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aLateSuccessChangesNothing() {
    Promise<Outcome> late = Promise.promise();
    Future<BreakerEngine.Result> before = engine.call(late::future);
    openIt();
    late.complete(new Outcome.Sent("id", EVIDENCE));
    await().until(before::isComplete);
    assertThat(before.result().outcome().kind()).isEqualTo(OutcomeKind.SENT);
    assertThat(engine.snapshot().state()).isEqualTo(BreakerState.OPEN);
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
    engine.forceOpen("maintenance");
    assertThat(call(BreakerEngineTest::sent).called()).isFalse();
    engine.reset("done");
    assertThat(call(BreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aStoredOpenBreakerStaysOpenAndRecovers() {
    openIt();
    BreakerEngine restarted =
        new BreakerEngine(
            vertx,
            "test",
            new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 1, 1, 5_000),
            Duration.ofMillis(200),
            Clock.systemUTC(),
            transitions::add);
    restarted.restore(engine.snapshot());
    assertThat(restarted.snapshot().state()).isEqualTo(BreakerState.OPEN);
    await().until(() -> restarted.snapshot().state() == BreakerState.HALF_OPEN);
    restarted.close();
  }
}

package io.signalbox.gateway.delivery;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.scoring.breaker.TransitionCause;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerEngineTest extends BaseBreakerEngineTest {

  @Test
  void opensAfterFiveFailuresAndThenCallsNobody() {
    beginPatiently();
    openIt();
    AtomicInteger calls = new AtomicInteger();
    BreakerEngine.Result<Outcome> result =
        call(
            () -> {
              calls.incrementAndGet();
              return sent();
            });
    assertThat(result.called()).isFalse();
    assertThat(result.answer().kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(result.answer().evidence().code()).isEqualTo("breaker_open");
    assertThat(calls).hasValue(0);
  }

  @Test
  void refusedRecipientsNeverOpenIt() {
    for (int i = 0; i < 100; i++) {
      assertThat(call(BaseBreakerEngineTest::rejected).called()).isTrue();
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void anAttemptThatWasCutShortSaysNothingOfTheProvider() {
    for (int i = 0; i < 100; i++) {
      cutShort("timeout");
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    for (int i = 0; i < 100; i++) {
      cutShort("connection_reset");
    }
    // By now it may have become half-open again.
    assertThat(transitions)
        .as("other failures count")
        .extracting(Transition::to)
        .contains(BreakerState.OPEN);
  }

  private void cutShort(String code) {
    Outcome unknown =
        new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, code, "no answer"));
    ended(
        onContext(
            () ->
                engine.call(
                    attempt(), AnswerKind.delivery(true), () -> Future.succeededFuture(unknown))));
  }

  @Test
  void aProviderFaultOpensItAtOnce() {
    beginPatiently();
    call(BaseBreakerEngineTest::unauthorised);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void theEnginesTimerHalfOpensItAndThreeSuccessesCloseIt() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
    call(BaseBreakerEngineTest::sent);
    call(BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    call(BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    assertThat(transitions)
        .extracting(Transition::to)
        .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
  }

  @Test
  void halfOpenLetsOneTrialThroughAtATime() {
    begin(
        new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 3, 1, 600_000),
        Duration.ofMinutes(10));
    halfOpenIt();
    Promise<Outcome> slow = Promise.promise();
    Future<BreakerEngine.Result<Outcome>> trial = begin(slow::future);
    assertThat(call(BaseBreakerEngineTest::sent).called()).isFalse();
    slow.complete(new Outcome.Sent("id", EVIDENCE));
    ended(trial);
    assertThat(call(BaseBreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aNeutralAnswerDoesNotCloseAHalfOpenBreaker() {
    openIt();
    await().until(() -> state() == BreakerState.HALF_OPEN);
    for (int i = 0; i < 10; i++) {
      call(BaseBreakerEngineTest::rejected);
    }
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aLateSuccessChangesNothing() {
    beginPatiently();
    Promise<Outcome> late = Promise.promise();
    Future<BreakerEngine.Result<Outcome>> before = begin(late::future);
    openIt();
    late.complete(new Outcome.Sent("id", EVIDENCE));
    ended(before);
    assertThat(before.result().answer().kind()).isEqualTo(OutcomeKind.SENT);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aHungProviderIsUnknownAfterTheTimeout() {
    BreakerEngine.Result<Outcome> result = call(() -> Promise.<Outcome>promise().future());
    assertThat(result.called()).isTrue();
    assertThat(result.answer().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(result.answer().evidence().code()).isEqualTo("timeout");
  }

  @Test
  void aProviderThatThrowsIsUnknown() {
    BreakerEngine.Result<Outcome> result =
        call(
            () -> {
              throw new IllegalStateException("a bug of the plugin");
            });
    assertThat(result.answer().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(result.answer().evidence().code()).isEqualTo("provider_bug");
  }

  @Test
  void manualOpenAndReset() {
    beginPatiently();
    onContext(
        () -> {
          engine.forceOpen("maintenance");
          return engine;
        });
    assertThat(call(BaseBreakerEngineTest::sent).called()).isFalse();
    onContext(
        () -> {
          engine.reset("done");
          return engine;
        });
    assertThat(call(BaseBreakerEngineTest::sent).called()).isTrue();
  }

  @Test
  void aStoredOpenBreakerStaysOpenAndRecovers() {
    beginPatiently();
    BreakerSnapshot forLong = opened();
    beginPatiently();
    restore(forLong);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 1, 1, 5_000));
    BreakerSnapshot forShort = opened();
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 2_000, 1, 1, 5_000));
    restore(forShort);
    await().until(() -> state() == BreakerState.HALF_OPEN);
  }

  @Test
  void anOpeningIsExplainedByItsLastFiveFailures() {
    beginPatiently();
    call(BaseBreakerEngineTest::sent);
    call(BaseBreakerEngineTest::failed);
    call(BaseBreakerEngineTest::rejected);
    AttemptId[] attempts = new AttemptId[5];
    for (int i = 0; i < 4; i++) {
      attempts[i] = attempt();
      ended(begin(attempts[i], BaseBreakerEngineTest::failed));
    }
    assertThat(last().cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
    JsonObject why = lastEvidence();
    assertThat(why.getInteger("window_ms")).isEqualTo(600_000);
    assertThat(why.getInteger("window_calls")).isEqualTo(6);
    assertThat(why.getInteger("window_failures")).isEqualTo(5);
    assertThat(why.getDouble("failure_rate")).isEqualTo(5.0 / 6);
    JsonArray failures = why.getJsonArray("last_failures");
    assertThat(failures).hasSize(5);
    JsonObject newest = failures.getJsonObject(4);
    assertThat(newest.getString("attempt")).isEqualTo(attempts[3].toString());
    assertThat(newest.getString("outcome")).isEqualTo("transient");
    assertThat(newest.getString("code")).isEqualTo("E500");
    assertThat(newest.getInteger("http_status")).isEqualTo(500);
    assertThat(newest.getString("progress")).isEqualTo("answered");
    assertThat(why.encode()).as("no words of the provider, no recipient").doesNotContain("@");
  }

  @Test
  void eachTransitionHasItsOwnEvidence() {
    halfOpenIt();
    assertThat(lastEvidence().getJsonArray("last_failures")).isEmpty();
    call(BaseBreakerEngineTest::sent);
    AttemptId trial = attempt();
    ended(begin(trial, BaseBreakerEngineTest::failed));
    // It may be half-open again by now.
    JsonObject why = evidenceOf(TransitionCause.TRIAL_FAILED);
    assertThat(why.getInteger("trial_successes")).isEqualTo(1);
    assertThat(why.getJsonArray("last_failures")).hasSize(1);
    assertThat(why.getJsonArray("last_failures").getJsonObject(0).getString("attempt"))
        .isEqualTo(trial.toString());
  }

  @Test
  void aFaultIsRememberedUntilItCloses() {
    call(BaseBreakerEngineTest::unauthorised);
    assertThat(engine.snapshot().fault()).isTrue();
    assertThat(evidence.get(0).getJsonArray("last_failures").getJsonObject(0).getString("outcome"))
        .isEqualTo("provider_fault");
    await().until(() -> state() == BreakerState.HALF_OPEN);
    assertThat(engine.snapshot().fault()).isTrue();
    calls(3, BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    assertThat(engine.snapshot().fault()).isFalse();
  }
}

package io.signalbox.gateway.delivery;

import static io.signalbox.gateway.Patience.await;
import static io.signalbox.scoring.breaker.BreakerState.CLOSED;
import static io.signalbox.scoring.breaker.BreakerState.HALF_OPEN;
import static io.signalbox.scoring.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.scoring.breaker.TransitionCause;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What vertx-circuit-breaker alone gets wrong, seen by running it: each statement about it, with
 * what happens here instead. The state machine alone has the same traps in BreakerTrapsTest.
 */
class BreakerEngineTrapsTest extends BaseBreakerEngineTest {

  /** A test of one trap. */
  interface Trap {
    void isAvoided(BreakerEngineTrapsTest test);
  }

  static Stream<Arguments> traps() {
    return Stream.of(
        trap("one 401 reset a count of 4 to 0", BreakerEngineTrapsTest::neutralWhileClosed),
        trap("one 400 in half-open closed it", BreakerEngineTrapsTest::neutralWhileHalfOpen),
        trap("every success clears the whole window", BreakerEngineTrapsTest::successWhileClosed),
        trap("a window under a second never opens", BreakerEngineTrapsTest::shortWindow),
        trap("one success closes it", BreakerEngineTrapsTest::oneSuccess),
        trap("a hung trial leaves it half-open for ever", BreakerEngineTrapsTest::hungTrial),
        trap("a lost trial leaves it half-open for ever", BreakerEngineTrapsTest::lostTrial),
        trap("a late success closes it in half-open", BreakerEngineTrapsTest::lateSuccess),
        trap("a late success zeroes the count", BreakerEngineTrapsTest::lateAfterTimeout),
        trap("a late failure counts for a later state", BreakerEngineTrapsTest::lateFailure),
        trap("retries are sent though the policy says no", BreakerEngineTrapsTest::noRetries),
        trap("opened twice, the first timer half-opens", BreakerEngineTrapsTest::openedTwice),
        trap("reset is ignored while open", BreakerEngineTrapsTest::resetWhileOpen),
        trap("no state can be imported: open", BreakerEngineTrapsTest::importedOpen),
        trap("no state can be imported: half-open", BreakerEngineTrapsTest::importedHalfOpen));
  }

  private static Arguments trap(String statement, Trap trap) {
    return Arguments.of(statement, trap);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void avoids(String statement, Trap trap) {
    trap.isAvoided(this);
  }

  private void neutralWhileClosed() {
    beginPatiently();
    calls(4, BaseBreakerEngineTest::failed);
    call(BaseBreakerEngineTest::rejected);
    call(BaseBreakerEngineTest::failed);
    assertThat(state()).isEqualTo(OPEN);
  }

  private void neutralWhileHalfOpen() {
    halfOpenIt();
    call(BaseBreakerEngineTest::rejected);
    assertThat(state()).isEqualTo(HALF_OPEN);
    assertThat(trialSuccesses()).isZero();
    assertThat(call(BaseBreakerEngineTest::sent).called()).as("its permit came back").isTrue();
  }

  private void successWhileClosed() {
    beginPatiently();
    calls(4, BaseBreakerEngineTest::failed);
    call(BaseBreakerEngineTest::sent);
    call(BaseBreakerEngineTest::failed);
    assertThat(state()).isEqualTo(OPEN);
    assertThat(last().cause()).isEqualTo(TransitionCause.FAILURE_COUNT);
  }

  private void shortWindow() {
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 900, 60_000, 300_000, 3, 1, 5_000));
    onContext(
        () -> {
          for (int i = 0; i < 5; i++) {
            engine.call(attempt(), AnswerKind.delivery(false), BaseBreakerEngineTest::failed);
          }
          return engine;
        });
    becomes(OPEN);
  }

  private void oneSuccess() {
    halfOpenIt();
    calls(2, BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(HALF_OPEN);
    call(BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(CLOSED);
  }

  private void hungTrial() {
    halfOpenIt();
    BreakerEngine.Result<Outcome> result = call(() -> Promise.<Outcome>promise().future());
    assertThat(result.answer().evidence().code()).isEqualTo("timeout");
    assertThat(transitions)
        .extracting(Transition::to, Transition::cause)
        .contains(tuple(OPEN, TransitionCause.TRIAL_FAILED));
    becomes(HALF_OPEN);
  }

  /** The call's own time-out is far away, so only the trial's deadline can end it. */
  private void lostTrial() {
    begin(
        new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 100, 100, 3, 1, 200), Duration.ofMinutes(10));
    halfOpenIt();
    AttemptId lost = attempt();
    begin(lost, () -> Promise.<Outcome>promise().future());
    // It is open for a moment only.
    await()
        .untilAsserted(
            () ->
                assertThat(ticked())
                    .extracting(Transition::to, Transition::cause)
                    .contains(tuple(OPEN, TransitionCause.TRIAL_EXPIRED)));
    assertThat(evidenceOf(TransitionCause.TRIAL_EXPIRED).getJsonArray("trials_without_answer"))
        .containsExactly(lost.toString());
    becomes(HALF_OPEN);
    assertThat(call(BaseBreakerEngineTest::sent).called()).isTrue();
  }

  private void lateSuccess() {
    Promise<Outcome> late = Promise.promise();
    Future<BreakerEngine.Result<Outcome>> before = begin(late::future);
    halfOpenIt();
    late.tryComplete(new Outcome.Sent("id", EVIDENCE));
    ended(before);
    assertThat(state()).isEqualTo(HALF_OPEN);
    assertThat(trialSuccesses()).isZero();
  }

  private List<Transition> ticked() {
    return onContext(
        () -> {
          engine.tick();
          return transitions;
        });
  }

  private void lateAfterTimeout() {
    begin(
        new BreakerSettings(5, 0.1, 0.5, 20, 600_000, 600_000, 600_000, 3, 1, 600_000),
        Duration.ofMillis(200));
    Promise<Outcome> late = Promise.promise();
    assertThat(call(late::future).answer().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    late.complete(new Outcome.Sent("id", EVIDENCE));
    calls(4, BaseBreakerEngineTest::failed);
    assertThat(state()).isEqualTo(OPEN);
  }

  private void lateFailure() {
    Future<BreakerEngine.Result<Outcome>> before = begin(() -> Promise.<Outcome>promise().future());
    openIt();
    onContext(
        () -> {
          engine.reset("repaired");
          return engine;
        });
    ended(before);
    calls(4, BaseBreakerEngineTest::failed);
    assertThat(state()).as("the late time-out is not the fifth failure").isEqualTo(CLOSED);
  }

  private void noRetries() {
    AtomicInteger sent = new AtomicInteger();
    calls(
        4,
        () -> {
          sent.incrementAndGet();
          return rejected();
        });
    assertThat(sent).hasValue(4);
  }

  private void openedTwice() {
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 600, 3, 1, 5_000));
    Transition first = forcedOpen();
    await().until(() -> clock.millis() >= first.atMillis() + 300);
    Transition second = forcedOpen();
    becomes(HALF_OPEN);
    assertThat(last().atMillis()).isGreaterThanOrEqualTo(second.openUntilMillis());
    assertThat(second.openUntilMillis()).isGreaterThan(first.openUntilMillis());
  }

  private Transition forcedOpen() {
    return onContext(
        () -> {
          engine.forceOpen("by hand");
          return last();
        });
  }

  private void resetWhileOpen() {
    openIt();
    onContext(
        () -> {
          engine.reset("repaired");
          return engine;
        });
    assertThat(state()).isEqualTo(CLOSED);
    assertThat(call(BaseBreakerEngineTest::sent).called()).isTrue();
  }

  private void importedOpen() {
    beginPatiently();
    BreakerSnapshot forLong = opened();
    restored(forLong);
    assertThat(call(BaseBreakerEngineTest::sent).called()).isFalse();
    assertThat(engine.snapshot().generation()).isEqualTo(forLong.generation());
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 2_000, 10_000, 3, 1, 5_000));
    BreakerSnapshot forShort = opened();
    restored(forShort);
    becomes(HALF_OPEN);
    assertThat(last().atMillis()).isGreaterThanOrEqualTo(forShort.openUntilMillis());
  }

  private void importedHalfOpen() {
    halfOpenIt();
    restored(engine.snapshot());
    assertThat(state()).isEqualTo(HALF_OPEN);
    calls(3, BaseBreakerEngineTest::sent);
    assertThat(state()).isEqualTo(CLOSED);
  }

  private void restored(BreakerSnapshot stored) {
    begin(new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 300, 10_000, 3, 1, 5_000));
    restore(stored);
  }
}

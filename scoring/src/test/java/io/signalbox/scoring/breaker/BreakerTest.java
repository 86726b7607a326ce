package io.signalbox.scoring.breaker;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static io.signalbox.scoring.breaker.BreakerState.CLOSED;
import static io.signalbox.scoring.breaker.BreakerState.HALF_OPEN;
import static io.signalbox.scoring.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BreakerTest {

  @Test
  void opensAfterFiveFailuresInARow() {
    BreakerDriver driver = new BreakerDriver();
    driver.calls(100, SUCCESS);
    driver.calls(4, FAILURE);
    assertThat(driver.state()).isEqualTo(CLOSED);
    driver.call(FAILURE);
    assertThat(driver.heard)
        .containsExactly(
            new Transition(
                CLOSED,
                OPEN,
                TransitionCause.CONSECUTIVE_FAILURES,
                "5 of 105 calls failed within 60000 ms, the last 5 in a row",
                driver.now,
                1,
                driver.now + 60_000,
                105,
                5,
                0));
    assertThat(driver.breaker.tryAcquire(driver.now))
        .isEqualTo(new Permit.Denied(OPEN, driver.now + 60_000));
  }

  @Test
  void failuresThatLeftTheWindowDoNotCount() {
    BreakerDriver driver = new BreakerDriver();
    for (int i = 0; i < 50; i++) {
      driver.call(FAILURE);
      driver.now += 15_000;
    }
    assertThat(driver.state()).as("never more than 4 within a minute").isEqualTo(CLOSED);
  }

  @Test
  void aFewFailuresAmongManySuccessesKeepItClosedUntilTheyAreATenth() {
    BreakerDriver driver = new BreakerDriver();
    driver.calls(72, SUCCESS);
    for (int i = 0; i < 7; i++) {
      driver.call(FAILURE);
      driver.call(SUCCESS);
    }
    assertThat(driver.state()).as("7 of 86").isEqualTo(CLOSED);
    driver.call(FAILURE);
    assertThat(driver.state()).as("8 of 87").isEqualTo(CLOSED);
    driver.call(FAILURE);
    assertThat(driver.state()).as("9 of 88, over a tenth").isEqualTo(OPEN);
    assertThat(driver.last().cause()).isEqualTo(TransitionCause.FAILURE_COUNT);
  }

  @Test
  void theCountStandsAloneWhenConfigured() {
    BreakerDriver driver =
        new BreakerDriver(
            new BreakerSettings(5, 0, 0.5, 20, 60_000, 60_000, 300_000, 3, 1, 30_000));
    for (int i = 0; i < 5; i++) {
      assertThat(driver.state()).isEqualTo(CLOSED);
      driver.calls(200, SUCCESS);
      driver.call(FAILURE);
    }
    assertThat(driver.state()).isEqualTo(OPEN);
  }

  @Test
  void opensByRateOnceThereAreEnoughCalls() {
    BreakerDriver driver =
        new BreakerDriver(
            new BreakerSettings(1_000, 0, 0.5, 20, 60_000, 60_000, 300_000, 3, 1, 30_000));
    for (int i = 0; i < 9; i++) {
      driver.call(FAILURE);
      driver.call(SUCCESS);
    }
    driver.call(FAILURE);
    assertThat(driver.state()).as("10 of 19").isEqualTo(CLOSED);
    driver.call(FAILURE);
    assertThat(driver.state()).as("11 of 20").isEqualTo(OPEN);
    assertThat(driver.last().cause()).isEqualTo(TransitionCause.FAILURE_RATE);
  }

  @Test
  void providerFaultOpensAtOnce() {
    BreakerDriver driver = new BreakerDriver();
    driver.breaker.providerFault(driver.acquire(), driver.now, "401 Unauthorized");
    assertThat(driver.last().cause()).isEqualTo(TransitionCause.PROVIDER_FAULT);
    assertThat(driver.last().reason()).isEqualTo("401 Unauthorized");
    assertThat(driver.last().openUntilMillis()).isEqualTo(driver.now + 60_000);
    assertThat(driver.breaker.providerFault(driver.now, "again")).isEmpty();
    driver.now += 60_000;
    driver.breaker.providerFault(driver.acquire(), driver.now, "still 401");
    assertThat(driver.last().openUntilMillis()).isEqualTo(driver.now + 120_000);
  }

  @Test
  void recoveryDoublesToItsCapAndFallsBackAfterClosing() {
    BreakerDriver driver = new BreakerDriver().opened();
    for (long expected : new long[] {60_000, 120_000, 240_000, 300_000, 300_000}) {
      assertThat(driver.breaker.nextTickMillis() - driver.now).isEqualTo(expected);
      driver.now += expected;
      driver.call(FAILURE);
      assertThat(driver.last().cause()).isEqualTo(TransitionCause.TRIAL_FAILED);
    }
    driver.now = driver.breaker.nextTickMillis();
    driver.calls(3, SUCCESS);
    assertThat(driver.state()).isEqualTo(CLOSED);
    driver.opened();
    assertThat(driver.last().openUntilMillis()).isEqualTo(driver.now + 60_000);
  }

  @Test
  void limitsTheTrialsUnderWay() {
    BreakerDriver driver =
        new BreakerDriver(
            new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 60_000, 300_000, 3, 2, 30_000));
    driver.halfOpened();
    Permit.Granted first = driver.acquire();
    driver.now += 10;
    Permit.Granted second = driver.acquire();
    assertThat(driver.breaker.tryAcquire(driver.now))
        .isEqualTo(new Permit.Denied(HALF_OPEN, first.deadlineMillis()));
    driver.report(second, NEUTRAL);
    Permit.Granted third = driver.acquire();
    driver.report(second, SUCCESS);
    assertThat(driver.breaker.snapshot().trialSuccesses()).as("reported twice").isZero();
    driver.report(first, SUCCESS);
    driver.report(third, SUCCESS);
    driver.call(SUCCESS);
    assertThat(driver.state()).isEqualTo(CLOSED);
  }

  @Test
  void aFailedTrialReopensWhateverSucceededBefore() {
    BreakerDriver driver = new BreakerDriver().halfOpened();
    driver.calls(2, SUCCESS);
    driver.call(FAILURE);
    assertThat(driver.state()).isEqualTo(OPEN);
    driver.now = driver.breaker.nextTickMillis();
    driver.calls(2, SUCCESS);
    assertThat(driver.state()).as("the count began anew").isEqualTo(HALF_OPEN);
  }

  @Test
  void resultThatComesAfterTheDeadlineCountsAsExpired() {
    BreakerDriver driver = new BreakerDriver().halfOpened();
    Permit.Granted trial = driver.acquire();
    driver.now += 30_000;
    assertThat(driver.breaker.onResult(trial, SUCCESS, driver.now))
        .get()
        .extracting(Transition::cause)
        .isEqualTo(TransitionCause.TRIAL_EXPIRED);
  }

  @Test
  void openedByHandRecoversByItself() {
    BreakerDriver driver = new BreakerDriver();
    driver.breaker.forceOpen(driver.now, "maintenance");
    assertThat(driver.denied()).isTrue();
    driver.now += 300_000;
    driver.calls(3, SUCCESS);
    assertThat(driver.heard)
        .extracting(Transition::cause)
        .containsExactly(
            TransitionCause.MANUAL_OPEN,
            TransitionCause.RECOVERY_DUE,
            TransitionCause.TRIALS_SUCCEEDED);
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BreakerSettings(0, 0.1, 0.5, 20, 1, 1, 1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BreakerSettings(1, 0.1, 0, 20, 1, 1, 1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .as("cap below the first timeout")
        .isThrownBy(() -> new BreakerSettings(1, 0.1, 0.5, 20, 1, 2, 1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .as("would overflow")
        .isThrownBy(() -> new BreakerSettings(1, 0.1, 0.5, 20, 1, 1, Long.MAX_VALUE, 1, 1, 1));
  }
}

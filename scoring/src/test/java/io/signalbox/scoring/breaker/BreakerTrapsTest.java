package io.signalbox.scoring.breaker;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static io.signalbox.scoring.breaker.BreakerState.CLOSED;
import static io.signalbox.scoring.breaker.BreakerState.HALF_OPEN;
import static io.signalbox.scoring.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the usual breaker gets wrong, one test each. */
class BreakerTrapsTest {

  @Test
  void neutralResultWhileClosedDoesNotClearTheFailures() {
    BreakerDriver driver = new BreakerDriver();
    driver.calls(4, FAILURE);
    driver.call(NEUTRAL);
    driver.call(FAILURE);
    assertThat(driver.state()).isEqualTo(OPEN);
  }

  @Test
  void neutralResultWhileHalfOpenDoesNotClose() {
    BreakerDriver driver = new BreakerDriver().halfOpened();
    driver.calls(10, NEUTRAL);
    assertThat(driver.state()).isEqualTo(HALF_OPEN);
    assertThat(driver.breaker.snapshot().trialSuccesses()).isZero();
  }

  @Test
  void successWhileClosedDoesNotClearTheWindow() {
    BreakerDriver driver = new BreakerDriver();
    int failures = 0;
    for (int i = 1; driver.state() == CLOSED; i++) {
      driver.now += 100;
      boolean success = i % 5 == 0;
      driver.call(success ? SUCCESS : FAILURE);
      failures += success ? 0 : 1;
    }
    assertThat(failures).as("a success each fifth call, 5 failures allowed").isEqualTo(5);
    assertThat(driver.last().cause()).isEqualTo(TransitionCause.FAILURE_COUNT);
    assertThat(driver.last().windowCalls()).isEqualTo(6);
    assertThat(driver.last().windowFailures()).isEqualTo(5);
  }

  @Test
  void aWindowOfLessThanASecondStillOpens() {
    BreakerDriver driver =
        new BreakerDriver(new BreakerSettings(5, 0.1, 0.5, 20, 500, 60_000, 300_000, 3, 1, 1_000));
    driver.calls(5, FAILURE);
    assertThat(driver.state()).isEqualTo(OPEN);
  }

  @Test
  void oneSuccessWhileHalfOpenDoesNotClose() {
    BreakerDriver driver = new BreakerDriver().halfOpened();
    driver.calls(2, SUCCESS);
    assertThat(driver.state()).isEqualTo(HALF_OPEN);
    driver.call(SUCCESS);
    assertThat(driver.state()).isEqualTo(CLOSED);
    assertThat(driver.last().trialSuccesses()).isEqualTo(3);
  }

  @Test
  void hungTrialDoesNotLeaveItHalfOpenForEver() {
    BreakerDriver driver = new BreakerDriver().halfOpened();
    Permit.Granted hung = driver.acquire();
    assertThat(driver.denied()).isTrue();
    driver.now = driver.breaker.nextTickMillis() - 1;
    assertThat(driver.breaker.tick(driver.now)).isEmpty();
    driver.now++;
    assertThat(driver.breaker.tick(driver.now)).isPresent();
    assertThat(driver.state()).isEqualTo(OPEN);
    assertThat(driver.last().cause()).isEqualTo(TransitionCause.TRIAL_EXPIRED);
    driver.report(hung, SUCCESS);
    assertThat(driver.state()).as("its answer comes too late").isEqualTo(OPEN);
    driver.now = driver.breaker.nextTickMillis();
    assertThat(driver.acquire().trial()).isTrue();
  }

  @Test
  void lateSuccessOfACallBegunBeforeTheOpeningDoesNotClose() {
    BreakerDriver driver = new BreakerDriver();
    Permit.Granted[] early = {driver.acquire(), driver.acquire(), driver.acquire()};
    driver.halfOpened();
    for (Permit.Granted permit : early) {
      driver.report(permit, SUCCESS);
    }
    assertThat(driver.state()).isEqualTo(HALF_OPEN);
    assertThat(driver.breaker.snapshot().trialSuccesses()).isZero();
  }

  @Test
  void lateFailureOfAnOlderGenerationDoesNotReopen() {
    BreakerDriver driver = new BreakerDriver();
    Permit.Granted early = driver.acquire();
    driver.halfOpened();
    driver.report(early, FAILURE);
    driver.breaker.providerFault(early, driver.now, "401");
    assertThat(driver.state()).isEqualTo(HALF_OPEN);
  }

  @Test
  void lateProviderFaultOfAnOlderGenerationDoesNotOpenARepairedProvider() {
    BreakerDriver driver = new BreakerDriver();
    Permit.Granted early = driver.acquire();
    driver.breaker.reset(driver.now, "new credentials");
    assertThat(driver.breaker.providerFault(early, driver.now, "401")).isEmpty();
    assertThat(driver.state()).isEqualTo(CLOSED);
  }

  @Test
  void openedAgainByHandStaysOpenForTheWholeOfTheLaterOpening() {
    BreakerDriver driver = new BreakerDriver();
    driver.breaker.forceOpen(driver.now, "by hand");
    driver.now += 200_000;
    driver.breaker.forceOpen(driver.now, "by hand again");
    driver.now += 299_999;
    assertThat(driver.denied()).isTrue();
    driver.now++;
    assertThat(driver.acquire().trial()).isTrue();
  }

  @Test
  void resetWorksWhileOpen() {
    BreakerDriver driver = new BreakerDriver().opened();
    assertThat(driver.breaker.reset(driver.now, "repaired")).isPresent();
    assertThat(driver.state()).isEqualTo(CLOSED);
    driver.calls(4, FAILURE);
    assertThat(driver.state()).as("the window began anew").isEqualTo(CLOSED);
  }

  @Test
  void stateCanBeImported() {
    BreakerDriver before = new BreakerDriver().opened();
    BreakerDriver after = new BreakerDriver();
    after.now = before.now + 10_000;
    after.breaker.restore(before.breaker.snapshot(), after.now);
    assertThat(after.denied()).isTrue();
    after.now = before.now + 60_000;
    assertThat(after.acquire().trial()).isTrue();
  }

  @Test
  void aClockThatStepsBackDoesNotProlongTheOpening() {
    BreakerDriver driver = new BreakerDriver().opened();
    driver.now -= 24 * 3_600_000;
    assertThat(driver.breaker.tryAcquire(driver.now))
        .isEqualTo(new Permit.Denied(OPEN, driver.now + 300_000));
    driver.now += 300_000;
    Permit.Granted trial = driver.acquire();
    driver.now -= 24 * 3_600_000;
    assertThat(driver.denied()).isTrue();
    driver.now += 30_000;
    assertThat(driver.breaker.tick(driver.now)).as("trial %s", trial).isPresent();
  }
}

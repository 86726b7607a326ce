package io.signalbox.scoring.breaker;

import static io.signalbox.scoring.breaker.BreakerState.CLOSED;
import static io.signalbox.scoring.breaker.BreakerState.HALF_OPEN;
import static io.signalbox.scoring.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.scoring.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random lives of a breaker; the laws hold after every step. The seed names the life. */
class BreakerPropertyTest {
  private static final int STEPS = 8_000;

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110})
  void keepsItsLaws(long seed) {
    Life life = new Life(seed);
    for (int step = 0; step < STEPS; step++) {
      life.step();
      life.check("seed " + seed + " step " + step);
    }
    assertThat(life.driver.heard)
        .as("seed %d saw every state", seed)
        .extracting(Transition::to)
        .contains(OPEN, HALF_OPEN, CLOSED);
  }

  private static final class Life {
    final Random random;
    final BreakerSettings settings;
    final BreakerDriver driver;
    final List<Permit.Granted> underWay = new ArrayList<>();
    int checked;
    int successesOfGeneration;

    Life(long seed) {
      random = new Random(seed);
      long recovery = 1L + random.nextInt(5_000);
      settings =
          new BreakerSettings(
              1 + random.nextInt(6),
              random.nextDouble(),
              0.1 + 0.9 * random.nextDouble(),
              1 + random.nextInt(20),
              1L + random.nextInt(5_000),
              recovery,
              recovery + random.nextInt(20_000),
              1 + random.nextInt(4),
              1 + random.nextInt(3),
              1L + random.nextInt(1_000));
      driver = new BreakerDriver(settings);
    }

    void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5, 6 -> acquire();
        case 7, 8, 9, 10, 11, 12, 13 -> report();
        case 14, 15 -> driver.now += random.nextInt(300);
        case 16 -> driver.breaker.tick(driver.now);
        case 17 -> driver.now += random.nextInt(20) == 0 ? random.nextInt(30_000) : 1;
        case 18 -> lose();
        default -> rarely();
      }
    }

    void acquire() {
      if (underWay.size() < 20
          && driver.breaker.tryAcquire(driver.now) instanceof Permit.Granted granted) {
        assertThat(driver.state()).isNotEqualTo(OPEN);
        assertThat(granted.trial()).isEqualTo(driver.state() == HALF_OPEN);
        assertThat(granted.generation()).isEqualTo(driver.breaker.snapshot().generation());
        underWay.add(granted);
      }
    }

    void report() {
      if (underWay.isEmpty()) {
        return;
      }
      Permit.Granted permit = underWay.remove(random.nextInt(underWay.size()));
      AttemptResult result =
          switch (random.nextInt(9)) {
            case 0 -> AttemptResult.FAILURE;
            case 1 -> AttemptResult.NEUTRAL;
            default -> AttemptResult.SUCCESS;
          };
      BreakerSnapshot before = driver.breaker.snapshot();
      driver.breaker.tick(driver.now);
      boolean old = permit.generation() != driver.breaker.snapshot().generation();
      BreakerSnapshot ticked = driver.breaker.snapshot();
      if (before.generation() != ticked.generation()) {
        successesOfGeneration = 0;
      }
      if (!old && ticked.state() == HALF_OPEN && result == AttemptResult.SUCCESS) {
        successesOfGeneration++;
      }
      driver.breaker.onResult(permit, result, driver.now);
      if (old || result == AttemptResult.NEUTRAL) {
        assertThat(driver.breaker.snapshot()).isEqualTo(ticked);
      }
      if (ticked.state() == HALF_OPEN && driver.state() == CLOSED) {
        assertThat(successesOfGeneration).isEqualTo(settings.successesToClose());
      }
    }

    void lose() {
      if (!underWay.isEmpty()) {
        underWay.remove(0);
      }
    }

    void rarely() {
      switch (random.nextInt(40)) {
        case 0 -> driver.breaker.forceOpen(driver.now, "by hand");
        case 1 -> driver.breaker.reset(driver.now, "by hand");
        case 2 -> driver.breaker.providerFault(driver.now, "401");
        case 3 -> restart();
        case 4 -> waitOut();
        default -> {}
      }
    }

    /** Even if every call under way is lost, patience earns a permit: it is never stuck. */
    void waitOut() {
      underWay.clear();
      driver.now += settings.trialTimeoutMillis();
      driver.breaker.tick(driver.now);
      driver.now += settings.maxRecoveryTimeoutMillis();
      underWay.add(driver.acquire());
    }

    /** A restart loses the calls under way. */
    void restart() {
      underWay.clear();
      driver.breaker.restore(driver.breaker.snapshot(), driver.now);
    }

    void check(String where) {
      BreakerSnapshot snapshot = driver.breaker.snapshot();
      long trials =
          underWay.stream()
              .filter(each -> each.trial() && each.generation() == snapshot.generation())
              .filter(each -> each.deadlineMillis() > driver.now)
              .count();
      if (snapshot.state() == HALF_OPEN) {
        assertThat(snapshot.trialSuccesses()).as(where).isLessThan(settings.successesToClose());
      }
      assertThat(snapshot.recoveryTimeoutMillis())
          .as(where)
          .isBetween(settings.recoveryTimeoutMillis(), settings.maxRecoveryTimeoutMillis());
      assertThat(snapshot.openUntilMillis() - driver.now)
          .as(where)
          .isLessThanOrEqualTo(settings.maxRecoveryTimeoutMillis());
      assertThat(trials).as(where).isLessThanOrEqualTo(settings.halfOpenMaxTrials());
      checkNeverStuck(where, snapshot);
      checkTransitions(where);
    }

    /** A restored breaker admits a call after one opening, and the next tick is never far away. */
    void checkNeverStuck(String where, BreakerSnapshot snapshot) {
      Breaker copy = new Breaker(settings);
      copy.restore(snapshot, driver.now);
      long later = driver.now + settings.maxRecoveryTimeoutMillis();
      assertThat(copy.tryAcquire(later)).as(where).isInstanceOf(Permit.Granted.class);
      if (snapshot.state() != CLOSED) {
        assertThat(driver.breaker.nextTickMillis())
            .as(where)
            .satisfiesAnyOf(
                next -> assertThat(next).isEqualTo(Long.MAX_VALUE),
                next ->
                    assertThat(next - driver.now)
                        .isLessThanOrEqualTo(
                            Math.max(
                                settings.maxRecoveryTimeoutMillis(),
                                settings.trialTimeoutMillis())));
      }
    }

    void checkTransitions(String where) {
      for (; checked < driver.heard.size(); checked++) {
        Transition each = driver.heard.get(checked);
        if (checked > 0) {
          Transition before = driver.heard.get(checked - 1);
          assertThat(each.generation()).as(where).isEqualTo(before.generation() + 1);
          assertThat(each.from()).as(where).isEqualTo(before.to());
        }
        if (each.to() == HALF_OPEN) {
          assertThat(each.from()).as(where).isEqualTo(OPEN);
        }
        if (each.from() == OPEN && each.to() == CLOSED) {
          assertThat(each.cause()).as(where).isEqualTo(TransitionCause.MANUAL_RESET);
        }
        successesOfGeneration = 0;
      }
    }
  }
}

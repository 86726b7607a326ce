package io.signalbox.scoring.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearnedRateTest {
  private static final long NOW = 1_767_225_600_000L;
  private static final double EXACT = 1e-9;

  private final LearnedRate rate = new LearnedRate();

  @Test
  void nothingIsKnownBeforeTheFirstRefusal() {
    accepted(1_000, NOW);
    assertThat(rate.perSecond(NOW)).isEqualTo(LearnedRate.UNLIMITED);
  }

  @Test
  void learnsNineTenthsOfWhatWasTakenInTheLastSecond() {
    accepted(50, NOW);
    rate.throttled(NOW, 0, NOW);
    assertThat(rate.perSecond(NOW)).isCloseTo(45, within(EXACT));
  }

  @Test
  void theSecondBeforeCountsWithTheShareThatIsStillOfTheLastSecond() {
    accepted(40, NOW);
    accepted(30, NOW + 1_000);
    rate.throttled(NOW + 1_250, 0, NOW + 1_250);
    assertThat(rate.perSecond(NOW + 1_250)).isCloseTo(0.9 * (30 + 0.75 * 40), within(EXACT));
  }

  @Test
  void retryAfterIsTheWindowOfTheProvider() {
    // 100 in a minute: they were taken within two seconds, and the rest of the minute nothing is.
    accepted(50, NOW);
    accepted(50, NOW + 1_000);
    rate.throttled(NOW + 2_000, 58_000, NOW + 2_000);
    assertThat(rate.perSecond(NOW + 2_000)).isCloseTo(0.9 * 100 / 58, within(EXACT));
  }

  @Test
  void growsByAHundredthASecondFromTheEndOfTheWait() {
    accepted(50, NOW);
    rate.throttled(NOW, 5_000, NOW);
    assertThat(rate.perSecond(NOW + 5_000)).isCloseTo(9, within(EXACT));
    assertThat(rate.perSecond(NOW + 15_000)).isCloseTo(9.9, within(EXACT));
    assertThat(rate.perSecond(NOW + 35_000)).isCloseTo(11.7, within(EXACT));
  }

  @Test
  void aSmallRateGrowsByTheSmallestIncrease() {
    accepted(1, NOW);
    rate.throttled(NOW, 0, NOW);
    assertThat(rate.perSecond(NOW + 10_000)).isCloseTo(0.9 + 0.2, within(EXACT));
  }

  @Test
  void whatWasLearnedFromOneCallIsSoonOutgrown() {
    accepted(1, NOW);
    rate.throttled(NOW, 0, NOW);
    assertThat(rate.perSecond(NOW)).isCloseTo(0.9, within(EXACT));
    assertThat(rate.perSecond(NOW + 30_000)).isCloseTo(1.5, within(EXACT));
    assertThat(rate.perSecond(NOW + 90_000)).as("a minute later").isGreaterThan(16);
  }

  @Test
  void isForgottenAfterFiveMinutes() {
    accepted(50, NOW);
    rate.throttled(NOW, 0, NOW);
    assertThat(rate.perSecond(NOW + 299_999)).isLessThan(LearnedRate.UNLIMITED);
    assertThat(rate.perSecond(NOW + 300_000)).isEqualTo(LearnedRate.UNLIMITED);
    assertThat(rate.perSecond(NOW)).as("for good").isEqualTo(LearnedRate.UNLIMITED);
  }

  @Test
  void ofManyRefusalsAtOnceOnlyTheFirstCounts() {
    accepted(50, NOW);
    for (int i = 0; i < 60; i++) {
      rate.throttled(NOW - 60 + i, 0, NOW + i);
    }
    assertThat(rate.perSecond(NOW)).isCloseTo(45, within(EXACT));
  }

  @Test
  void aRefusalAtTheLearnedRateLowersItAgain() {
    accepted(50, NOW);
    rate.throttled(NOW, 0, NOW);
    accepted(46, NOW + 2_000);
    rate.throttled(NOW + 2_900, 0, NOW + 2_900);
    assertThat(rate.perSecond(NOW + 2_900)).isCloseTo(0.9 * 46, within(EXACT));
  }

  @Test
  void aRefusalWithoutAnythingTakenTellsOfNoRate() {
    rate.throttled(NOW, 60_000, NOW);
    assertThat(rate.perSecond(NOW)).isEqualTo(LearnedRate.UNLIMITED);
  }

  @Test
  void aRefusalWithoutAnythingTakenHalvesWhatWasLearned() {
    accepted(50, NOW);
    rate.throttled(NOW, 0, NOW);
    rate.throttled(NOW + 10_000, 0, NOW + 10_000);
    assertThat(rate.perSecond(NOW + 10_000)).isCloseTo(0.5 * (45 + 4.5), within(EXACT));
  }

  @Test
  void neverFallsToNothing() {
    accepted(1, NOW);
    long at = NOW;
    for (int i = 0; i < 50; i++) {
      at += 1_000;
      rate.throttled(at, 0, at);
    }
    assertThat(rate.perSecond(at)).isCloseTo(0.1, within(EXACT));
  }

  @Test
  void whatWasTakenLongAgoDoesNotCount() {
    accepted(500, NOW);
    accepted(10, NOW + 61_000);
    rate.throttled(NOW + 61_000, 60_000, NOW + 61_000);
    assertThat(rate.perSecond(NOW + 61_000)).isCloseTo(0.9 * 10 / 60, within(EXACT));
  }

  @Test
  void keepsBelowALimitAndUsesMostOfIt() {
    RateLimit limit = new RateLimit(0, 1);
    TokenBucket provider = new TokenBucket(20, 20, NOW);
    int taken = 0;
    int refused = 0;
    long coolUntil = 0;
    for (long now = NOW; now < NOW + 600_000; now += 10) {
      if (now < coolUntil || !limit.hasToken(now)) {
        continue;
      }
      limit.take(now);
      if (provider.take(now)) {
        limit.accepted(now);
        taken++;
      } else {
        limit.throttled(now, 1_000, now);
        coolUntil = now + 1_000;
        refused++;
      }
    }
    assertThat(taken).as("of 12,000 in 10 minutes").isGreaterThan(10_800);
    assertThat(refused).as("refusals in 10 minutes").isLessThan(120);
  }

  private void accepted(int count, long atMillis) {
    for (int i = 0; i < count; i++) {
      rate.accepted(atMillis);
    }
  }
}

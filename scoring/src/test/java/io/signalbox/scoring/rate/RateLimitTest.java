package io.signalbox.scoring.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long NOW = 1_767_225_600_000L;

  @Test
  void withoutARateThereIsNoLimit() {
    RateLimit limit = new RateLimit(0, 1);
    assertThat(taken(limit, NOW, 10_000)).isEqualTo(10_000);
    assertThat(limit.perSecond(NOW)).isZero();
    assertThat(limit.configuredPerSecond()).isZero();
  }

  @Test
  void theBurstIsWhatMayBeginAtOnce() {
    RateLimit limit = new RateLimit(10, 3);
    assertThat(taken(limit, NOW, 100)).isEqualTo(3);
    assertThat(taken(limit, NOW + 1_000, 100)).isEqualTo(3);
    assertThat(taken(limit, NOW + 1_100, 100)).isEqualTo(1);
  }

  @Test
  void theLearnedRateHoldsAlsoBelowTheConfiguredOne() {
    RateLimit limit = new RateLimit(100, 100);
    accepted(limit, 20);
    limit.throttled(NOW, 0, NOW);
    assertThat(limit.perSecond(NOW)).isEqualTo(18);
    assertThat(taken(limit, NOW, 100)).as("the tokens of the configured rate are void").isZero();
    assertThat(taken(limit, NOW + 10_000, 100)).as("a second's worth").isEqualTo(18);
  }

  @Test
  void theConfiguredRateHoldsAlsoBelowTheLearnedOne() {
    RateLimit limit = new RateLimit(5, 5);
    accepted(limit, 20);
    limit.throttled(NOW, 0, NOW);
    assertThat(limit.perSecond(NOW)).isEqualTo(5);
  }

  @Test
  void aLearnedRateBeginsWithoutABurst() {
    RateLimit limit = new RateLimit(0, 1);
    accepted(limit, 20);
    limit.throttled(NOW, 0, NOW);
    assertThat(limit.hasToken(NOW)).isFalse();
    assertThat(taken(limit, NOW + 500, 100)).isEqualTo(9);
  }

  @Test
  void whatWasLearnedIsForgotten() {
    RateLimit limit = new RateLimit(0, 1);
    accepted(limit, 20);
    limit.throttled(NOW, 0, NOW);
    assertThat(taken(limit, NOW + 900_000, 5_000)).isEqualTo(5_000);
  }

  @Test
  void anotherRateGivesNoBurst() {
    RateLimit limit = new RateLimit(10, 10);
    assertThat(taken(limit, NOW, 100)).isEqualTo(10);
    limit.configure(50, 50);
    assertThat(taken(limit, NOW, 100)).isZero();
    assertThat(taken(limit, NOW + 100, 100)).isEqualTo(5);
  }

  private static void accepted(RateLimit limit, int count) {
    for (int i = 0; i < count; i++) {
      limit.accepted(NOW);
    }
  }

  private static int taken(RateLimit limit, long nowMillis, int wanted) {
    int taken = 0;
    while (taken < wanted && limit.hasToken(nowMillis)) {
      limit.take(nowMillis);
      taken++;
    }
    return taken;
  }
}

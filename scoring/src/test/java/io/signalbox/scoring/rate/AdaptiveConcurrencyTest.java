package io.signalbox.scoring.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveConcurrencyTest {
  private static final long SEED = 20_261_122;
  private static final int MAXIMUM = 64;
  private static final long TIMEOUT = 10_000;
  private static final int UNBOUNDED = 1_000;

  private final AdaptiveConcurrency limit = new AdaptiveConcurrency(MAXIMUM);

  @Test
  void beginsWithEightAndDoublesWhileTheLatencyStays() {
    assertThat(limit.limit()).isEqualTo(8);
    answers(20, 100, 8);
    assertThat(limit.limit()).isEqualTo(16);
    answers(7 + 19, 100, 16);
    assertThat(limit.limit()).as("7 that were under way are left out").isEqualTo(16);
    answers(1, 100, 16);
    assertThat(limit.limit()).isEqualTo(32);
  }

  @Test
  void whatIsNotUsedDoesNotGrow() {
    answers(1_000, 100, 7);
    assertThat(limit.limit()).isEqualTo(8);
  }

  @Test
  void shrinksByAsMuchAsTheLatencyIsTooLong() {
    limit.setMaximum(8);
    answers(20, 100, 8);
    answers(20, 320, 8);
    assertThat(limit.limit()).as("8 x 200 / 320").isEqualTo(5);
  }

  @Test
  void shrinksByHalfAtMost() {
    limit.setMaximum(8);
    answers(20, 100, 8);
    answers(20, 5_000, 8);
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void growsByAnEighthAfterTheFirstCongestion() {
    answers(20, 100, 8);
    answers(15 + 20, 400, 16);
    assertThat(limit.limit()).isEqualTo(8);
    answers(15 + 20, 100, 8);
    assertThat(limit.limit()).isEqualTo(9);
  }

  @Test
  void aFewSlowOnesChangeNothing() {
    answers(15, 100, 8);
    answers(5, 3_000, 8);
    limit.setMaximum(8);
    answers(17, 100, 8);
    answers(3, 3_000, 8);
    assertThat(limit.limit()).isEqualTo(8);
  }

  @Test
  void latenciesUpToTwentyMillisecondsAreNeverTooLong() {
    answers(20, 1, 8);
    answers(7 + 20, 20, 16);
    assertThat(limit.limit()).isEqualTo(32);
  }

  @Test
  void threeTimeOutsInARowLeaveTheMinimum() {
    limit.hung(TIMEOUT, 8);
    limit.hung(TIMEOUT, 8);
    limit.answered(50, 8);
    limit.hung(TIMEOUT, 8);
    limit.hung(TIMEOUT, 8);
    assertThat(limit.limit()).as("an answer came between them").isEqualTo(8);
    limit.hung(TIMEOUT, 8);
    assertThat(limit.limit()).isEqualTo(2);
  }

  @Test
  void aProviderThatAnswersAgainGrowsByDoubling() {
    SimulatedProvider provider = simulated(UNBOUNDED, () -> 50);
    provider.run(5_000);
    assertThat(limit.limit()).isEqualTo(MAXIMUM);
    provider.takes(() -> Long.MAX_VALUE / 4).run(TIMEOUT + 50);
    assertThat(limit.limit()).isEqualTo(2);
    provider.takes(() -> 50).run(TIMEOUT);
    provider.run(2_000);
    assertThat(limit.limit()).isEqualTo(MAXIMUM);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 24})
  void aProviderThatQueuesGetsAboutTwiceWhatItWorksOnAndLosesNothing(int capacity) {
    SimulatedProvider provider = simulated(capacity, () -> 50);
    provider.run(60_000);
    double perSecond = provider.run(60_000);

    assertThat(perSecond).isGreaterThan(capacity * 20 * 0.98);
    assertThat(limit.limit()).isBetween(capacity, Math.max(16, capacity * 5 / 2));
  }

  @Test
  void aProviderThatLosesCapacityGetsLess() {
    SimulatedProvider wide = simulated(UNBOUNDED, () -> 50);
    wide.run(5_000);
    SimulatedProvider narrow = simulated(4, () -> 50);
    narrow.run(10_000);
    assertThat(limit.limit()).isBetween(4, 10);
    assertThat(narrow.run(10_000)).isGreaterThan(4 * 20 * 0.98);
  }

  static Stream<Arguments> variations() {
    Random random = new Random(SEED);
    return Stream.of(
        Arguments.of("even", (LongSupplier) () -> 50 + random.nextInt(200), 0.97),
        Arguments.of("exponential", exponential(random, 100), 0.95),
        Arguments.of("lognormal, sigma 0.5", lognormal(random, 0.5), 0.97),
        Arguments.of("lognormal, sigma 1", lognormal(random, 1), 0.95),
        Arguments.of("lognormal, sigma 1.5", lognormal(random, 1.5), 0.75),
        Arguments.of("each third ten times as slow", twoKinds(random, 0.33), 0.9),
        Arguments.of("each second ten times as slow", twoKinds(random, 0.5), 0.9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variations")
  void latencyThatOnlyVariesLosesLittle(String name, LongSupplier millis, double share) {
    SimulatedProvider provider = simulated(UNBOUNDED, millis);
    provider.run(20_000);
    double adaptive = provider.run(300_000);
    AdaptiveConcurrency fixed = new AdaptiveConcurrency(8);
    double eight = new SimulatedProvider(fixed, UNBOUNDED, TIMEOUT, millis).run(300_000);

    assertThat(adaptive)
        .as("answers per second of %s with up to 64 at a time, seed %s", name, SEED)
        .isGreaterThan(eight * 8 * share * 0.97);
  }

  @Test
  void aProviderThatBecomesSlowForItsOwnReasonsGetsBackToFullSpeed() {
    SimulatedProvider provider = simulated(UNBOUNDED, () -> 50);
    provider.run(5_000);
    provider.takes(() -> 300);
    provider.run(20_000);
    assertThat(limit.limit()).isEqualTo(MAXIMUM);
    assertThat(provider.run(10_000)).isGreaterThan(MAXIMUM / 0.3 * 0.97);
  }

  @Test
  void neverLeavesItsBounds() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      int inFlight = 1 + random.nextInt(limit.limit());
      if (random.nextInt(10) == 0) {
        limit.hung(random.nextInt(20_000), inFlight);
      } else {
        limit.answered(random.nextInt(2_000), inFlight);
      }
      assertThat(limit.limit()).as("seed %s, step %s", SEED, i).isBetween(2, MAXIMUM);
    }
  }

  @Test
  void aSmallMaximumIsAlsoTheMinimum() {
    AdaptiveConcurrency one = new AdaptiveConcurrency(1);
    for (int i = 0; i < 10; i++) {
      one.hung(TIMEOUT, 1);
      assertThat(one.limit()).isEqualTo(1);
    }
    assertThatThrownBy(() -> new AdaptiveConcurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherMaximumTakesEffectAtOnce() {
    answers(20, 100, 8);
    limit.setMaximum(5);
    assertThat(limit.limit()).isEqualTo(5);
    assertThat(limit.maximum()).isEqualTo(5);
  }

  private void answers(int count, long tookMillis, int inFlight) {
    for (int i = 0; i < count; i++) {
      limit.answered(tookMillis, inFlight);
    }
  }

  private SimulatedProvider simulated(int capacity, LongSupplier millis) {
    return new SimulatedProvider(limit, capacity, TIMEOUT, millis);
  }

  private static LongSupplier exponential(Random random, double mean) {
    return () -> 1 + Math.round(-mean * Math.log(1 - random.nextDouble()));
  }

  private static LongSupplier lognormal(Random random, double sigma) {
    return () -> Math.round(Math.min(9_000, 100 * Math.exp(sigma * random.nextGaussian())));
  }

  private static LongSupplier twoKinds(Random random, double slowShare) {
    return () -> random.nextDouble() < slowShare ? 500 : 50;
  }
}

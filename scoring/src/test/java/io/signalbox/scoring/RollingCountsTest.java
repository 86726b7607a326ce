package io.signalbox.scoring;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingCountsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 59, 60, 61, 500, 999, 60_000})
  void countsWithinAnyWindowLength(long windowMillis) {
    RollingCounts counts = new RollingCounts(windowMillis);
    for (int i = 0; i < 5; i++) {
      counts.record(FAILURE, 1_000_000);
    }
    assertThat(counts.failures(1_000_000)).isEqualTo(5);
    assertThat(counts.failures(1_000_000 + 2 * windowMillis)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void keepsEventsForFiftyNineSixtiethsToTheWholeWindow(long seed) {
    Random random = new Random(seed);
    RollingCounts counts = new RollingCounts(6_000);
    List<Long> events = new ArrayList<>();
    long now = 5_000_000;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(300);
      counts.record(random.nextBoolean() ? FAILURE : SUCCESS, now);
      events.add(now);
      long at = now;
      long surely = events.stream().filter(each -> each > at - 5_900).count();
      long possibly = events.stream().filter(each -> each > at - 6_000).count();
      assertThat((long) counts.calls(now))
          .as("seed %d step %d", seed, i)
          .isBetween(surely, possibly);
      if (events.size() > 1_000) {
        events.subList(0, 500).clear();
      }
    }
  }

  @Test
  void aSmallStepBackKeepsCountingAndALargeOneForgets() {
    RollingCounts counts = new RollingCounts(60_000);
    counts.record(FAILURE, 1_000_000);
    counts.record(FAILURE, 990_000);
    assertThat(counts.failures(990_000)).isEqualTo(2);
    assertThat(counts.failures(900_000)).isZero();
    counts.record(FAILURE, 900_000);
    assertThat(counts.failures(900_000)).isOne();
  }

  @Test
  void whatIsToldLateLeavesInItsTime() {
    RollingCounts counts = new RollingCounts(60_000);
    counts.record(FAILURE, 1_000_000);
    counts.recordPast(FAILURE, 3, 970_000, 1_000_000);
    counts.recordPast(SUCCESS, 2, 1_005_000, 1_000_000);
    counts.recordPast(FAILURE, 9, 930_000, 1_000_000);
    assertThat(counts.failures(1_000_000)).isEqualTo(4);
    assertThat(counts.failures(1_031_000)).isEqualTo(1);
    assertThat(counts.successes(1_031_000)).isEqualTo(2);
    counts.recordPast(FAILURE, 1, 1_062_000, 1_062_000);
    assertThat(counts.calls(1_062_000)).isEqualTo(1);
  }
}

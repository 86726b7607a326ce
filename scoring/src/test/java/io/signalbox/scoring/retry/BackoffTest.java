package io.signalbox.scoring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final long MAX_BASE = 30L * 24 * 3_600_000;

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 2000", "2, 4000", "3, 8000", "11, 2048000", "12, 3600000"})
  void doublesEachRoundUpToTheCap(int round, long expected) {
    assertThat(new Backoff(new Random(1)).ceilingMillis(round)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1_000, MAX_BASE})
  void neverOverflowsNorShrinks(long base) {
    Backoff backoff = new Backoff(base, MAX_BASE, 0, new Random(1));
    long before = 0;
    for (int round = 0; round < 200; round++) {
      assertThat(backoff.ceilingMillis(round)).isBetween(before, MAX_BASE);
      before = backoff.ceilingMillis(round);
    }
    assertThat(before).isEqualTo(MAX_BASE);
    assertThat(backoff.ceilingMillis(Integer.MAX_VALUE)).isEqualTo(MAX_BASE);
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void jitterCoversTheWholeRangeEvenly(long seed) {
    Backoff backoff = new Backoff(new Random(seed));
    int[] quarters = new int[4];
    for (int i = 0; i < 40_000; i++) {
      long delay = backoff.delayMillis(3);
      assertThat(delay).as("seed %d", seed).isBetween(0L, 8_000L);
      quarters[(int) Math.min(3, delay / 2_000)]++;
    }
    for (int quarter : quarters) {
      // 10,000 expected, standard deviation 87.
      assertThat(quarter).as("seed %d", seed).isBetween(9_560, 10_440);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82})
  void retryAfterIsAFloorWithALimit(long seed) {
    Backoff backoff = new Backoff(1_000, 8_000, 60_000, new Random(seed));
    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.delayMillis(3, OptionalLong.of(5_000))).isBetween(5_000L, 8_000L);
      assertThat(backoff.delayMillis(3, OptionalLong.of(30_000))).isEqualTo(30_000);
      assertThat(backoff.delayMillis(3, OptionalLong.of(Long.MAX_VALUE))).isEqualTo(60_000);
      assertThat(backoff.delayMillis(3, OptionalLong.of(Long.MIN_VALUE))).isBetween(0L, 8_000L);
      assertThat(backoff.delayMillis(3, OptionalLong.empty())).isBetween(0L, 8_000L);
    }
  }

  @Test
  void refusesImpossibleNumbers() {
    Random random = new Random(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(random).delayMillis(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(0, 1, 0, random));
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(2, 1, 0, random));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(1, Long.MAX_VALUE, 0, random));
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(1, 1, -1, random));
  }
}

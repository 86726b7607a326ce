package io.signalbox.scoring;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthWindowTest {

  @Test
  void emptyWindowCountsAsHealthy() {
    assertThat(new HealthWindow().snapshot()).isEqualTo(HealthSnapshot.UNTRIED);
    assertThat(HealthSnapshot.UNTRIED.successRate()).isEqualTo(1);
    assertThat(HealthSnapshot.UNTRIED.effectiveSuccessRate()).isEqualTo(1);
  }

  @Test
  void countsSuccessesFailuresAndTimes() {
    HealthWindow window = new HealthWindow();
    window.record(SUCCESS, 100, 1_000);
    window.record(SUCCESS, 300, 2_000);
    window.record(FAILURE, 9_000, 3_000);
    window.record(SUCCESS, 200, 1_500);
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.of(3, 1, 200, 2_000, 3_000));
  }

  @Test
  void neutralResultsCountNeitherWay() {
    HealthWindow window = new HealthWindow();
    window.record(NEUTRAL, 50, 1_000);
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.UNTRIED);
  }

  @Test
  void onlyTheLastHundredAttemptsCount() {
    HealthWindow window = new HealthWindow();
    for (int i = 0; i < 100; i++) {
      window.record(FAILURE, 10, i);
    }
    for (int i = 0; i < 60; i++) {
      window.record(SUCCESS, 500, 1_000 + i);
    }
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.of(60, 40, 500, 1_059, 99));
  }

  @Test
  void resetForgetsAll() {
    HealthWindow window = new HealthWindow(3);
    window.record(SUCCESS, 100, 1);
    window.reset();
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.UNTRIED);
    window.record(SUCCESS, 100, 2);
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.of(1, 0, 100, 2, HealthSnapshot.NEVER));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void forgivenFailuresLeaveTheSuccessesInTheirOrder(long seed) {
    Random random = new Random(seed);
    int capacity = 1 + random.nextInt(9);
    HealthWindow window = new HealthWindow(capacity);
    List<Long> kept = new ArrayList<>(); // negative: a failure
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextInt(5_000);
      boolean success = random.nextBoolean();
      window.record(success ? SUCCESS : FAILURE, millis, i);
      kept.add(success ? millis : -1);
      if (kept.size() > capacity) {
        kept.remove(0);
      }
      if (random.nextInt(10) == 0) {
        window.forgiveFailures();
        kept.removeIf(each -> each < 0);
      }
      HealthSnapshot snapshot = window.snapshot();
      List<Long> good = kept.stream().filter(each -> each >= 0).toList();
      assertThat(snapshot.attempts()).as("seed %d step %d", seed, i).isEqualTo(kept.size());
      assertThat(snapshot.successes()).as("seed %d step %d", seed, i).isEqualTo(good.size());
      assertThat(snapshot.averageResponseMillis())
          .as("seed %d step %d", seed, i)
          .isEqualTo(good.stream().mapToLong(each -> each).average().orElse(0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithAPlainListOfAttempts(long seed) {
    Random random = new Random(seed);
    int capacity = 1 + random.nextInt(7);
    HealthWindow window = new HealthWindow(capacity);
    List<Long> took = new ArrayList<>(); // negative: a failure
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextInt(5_000);
      boolean success = random.nextBoolean();
      window.record(success ? SUCCESS : FAILURE, millis, i);
      took.add(success ? millis : -1);
      List<Long> last = took.subList(Math.max(0, took.size() - capacity), took.size());
      List<Long> good = last.stream().filter(each -> each >= 0).toList();
      double average = good.stream().mapToLong(each -> each).average().orElse(0);
      HealthSnapshot snapshot = window.snapshot();
      assertThat(snapshot.attempts()).as("seed %d step %d", seed, i).isEqualTo(last.size());
      assertThat(snapshot.successes()).as("seed %d step %d", seed, i).isEqualTo(good.size());
      assertThat(snapshot.averageResponseMillis()).as("seed %d", seed).isEqualTo(average);
    }
  }

  @Test
  void refusesAnImpossibleCapacity() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HealthWindow(0));
  }
}

package io.signalbox.scoring;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
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
    window.forget(1);
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.UNTRIED);
    window.record(SUCCESS, 100, 2);
    assertThat(window.snapshot()).isEqualTo(HealthSnapshot.of(1, 0, 100, 2, HealthSnapshot.NEVER));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void forgivenFailuresKeepTheirPlacesAndDoNotCount(long seed) {
    Random random = new Random(seed);
    int capacity = 1 + random.nextInt(9);
    HealthWindow window = new HealthWindow(capacity);
    List<Long> last = new ArrayList<>(); // -1: a failure, -2: a forgiven one
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextInt(5_000);
      boolean success = random.nextBoolean();
      window.record(success ? SUCCESS : FAILURE, millis, i);
      last.add(success ? millis : -1);
      if (last.size() > capacity) {
        last.remove(0);
      }
      if (random.nextInt(10) == 0) {
        window.forgiveFailures(i);
        last.replaceAll(each -> each == -1 ? -2 : each);
      }
      HealthSnapshot snapshot = window.snapshot();
      List<Long> good = last.stream().filter(each -> each >= 0).toList();
      long bad = last.stream().filter(each -> each == -1).count();
      assertThat((long) snapshot.failures()).as("seed %d step %d", seed, i).isEqualTo(bad);
      assertThat(snapshot.successes()).as("seed %d step %d", seed, i).isEqualTo(good.size());
      assertThat(snapshot.averageResponseMillis())
          .as("seed %d step %d", seed, i)
          .isEqualTo(good.stream().mapToLong(each -> each).average().orElse(0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void whatSeveralGatewaysSawMakesTheSameWindowInAnyOrder(long seed) {
    Random random = new Random(seed);
    int capacity = 1 + random.nextInt(20);
    List<AttemptEnd> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Several in a millisecond, of three gateways.
      long id = (long) i << 8 | random.nextInt(3);
      all.add(AttemptEnd.of(random.nextInt(100), id, random.nextBoolean(), random.nextInt(900)));
    }
    long forgiven = random.nextInt(100);
    long forgotten = random.nextInt(100);
    HealthWindow plain = new HealthWindow(capacity);
    all.forEach(plain::merge);
    plain.forgiveFailures(forgiven);
    plain.forget(forgotten);

    for (int order = 0; order < 50; order++) {
      HealthWindow other = new HealthWindow(capacity);
      List<AttemptEnd> news = new ArrayList<>(all);
      news.addAll(all.subList(0, random.nextInt(all.size()))); // told twice
      Collections.shuffle(news, random);
      int forgivesAt = random.nextInt(news.size());
      int forgetsAt = random.nextInt(news.size());
      for (int i = 0; i < news.size(); i++) {
        if (i == forgivesAt) {
          other.forgiveFailures(forgiven);
        }
        if (i == forgetsAt) {
          other.forget(forgotten);
        }
        other.merge(news.get(i));
      }
      assertThat(other.snapshot()).as("seed %d order %d", seed, order).isEqualTo(plain.snapshot());
    }
  }

  @Test
  void aClockThatGoesBackHoldsNoAttemptUp() {
    HealthWindow window = new HealthWindow(2);
    window.record(SUCCESS, 100, 10_000);
    window.record(SUCCESS, 100, 10_001);
    window.record(FAILURE, 100, 5_000);
    window.record(FAILURE, 100, 5_001);
    assertThat(window.snapshot().failures()).isEqualTo(2);
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

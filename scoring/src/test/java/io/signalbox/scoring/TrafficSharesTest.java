package io.signalbox.scoring;

import static io.signalbox.scoring.Candidates.drained;
import static io.signalbox.scoring.Candidates.open;
import static io.signalbox.scoring.Candidates.ranked;
import static io.signalbox.scoring.Candidates.rankingAt;
import static io.signalbox.scoring.SelectionStrategy.BEST;
import static io.signalbox.scoring.SelectionStrategy.WEIGHTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripted scores, and the shares that follow them second by second. */
class TrafficSharesTest {
  private static final double MIN_SUCCESS_RATE = 0.8;

  private final TrafficShares shares = new TrafficShares(0.2, 5);
  private long now = 1_000_000;

  @Test
  void beginsAtTheTargets() {
    assertThat(step(0, BEST, ranked("a", 90), ranked("b", 80))).containsExactly(1, 0);
    assertThat(shares.isMoving()).isFalse();
  }

  @Test
  void movesAFifthEachSecondAndBackLikewise() {
    step(0, BEST, ranked("a", 90), ranked("b", 80));
    assertThat(step(1_000, BEST, ranked("a", 60), ranked("b", 80))).containsExactly(0.8, 0.2);
    assertThat(shares.isMoving()).isTrue();
    assertThat(step(500, BEST, ranked("a", 60), ranked("b", 80))).containsExactly(0.7, 0.3);
    assertThat(step(1_000, BEST, ranked("a", 60), ranked("b", 80))).containsExactly(0.5, 0.5);
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 80))).containsExactly(0.7, 0.3);
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 80))).containsExactly(0.9, 0.1);
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 80))).containsExactly(1, 0);
    assertThat(shares.isMoving()).isFalse();
  }

  @Test
  void followsTheClockAndNotTheTraffic() {
    step(0, BEST, ranked("a", 90), ranked("b", 80));
    assertThat(step(1_000, BEST, ranked("a", 60), ranked("b", 80))).containsExactly(0.8, 0.2);
    assertThat(step(0, BEST, ranked("a", 60), ranked("b", 80))).containsExactly(0.8, 0.2);
    assertThat(step(-5_000, BEST, ranked("a", 60), ranked("b", 80)))
        .as("a clock that steps back")
        .containsExactly(0.8, 0.2);
  }

  @Test
  void changesTheFirstPlaceOnlyForMoreThanTheMargin() {
    step(0, BEST, ranked("a", 80), ranked("b", 79));
    for (int i = 0; i < 20; i++) {
      boolean even = i % 2 == 0;
      assertThat(step(1_000, BEST, ranked("a", even ? 75 : 80), ranked("b", even ? 80 : 75)))
          .as("step %d", i)
          .containsExactly(1, 0);
    }
    assertThat(step(1_000, BEST, ranked("a", 74.9), ranked("b", 80))).containsExactly(0.8, 0.2);
    assertThat(step(1_000, BEST, ranked("a", 80), ranked("b", 79)))
        .as("b is first now, and a is not better by the margin")
        .containsExactly(0.6, 0.4);
  }

  @Test
  void whatCannotBeCarriedMovesAtOnceAndComesBackGradually() {
    step(0, BEST, ranked("a", 90), ranked("b", 80), ranked("c", 70));
    assertThat(step(10, BEST, open("a", 90), ranked("b", 80), ranked("c", 70)))
        .containsExactly(0, 1, 0);
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 80), ranked("c", 70)))
        .containsExactly(0.2, 0.8, 0);
    assertThat(step(1_000, BEST, drained("a", 90), ranked("b", 80), ranked("c", 70)))
        .containsExactly(0, 1, 0);
    assertThat(step(1_000, BEST, ranked("b", 80), ranked("c", 70)))
        .as("a is gone")
        .containsExactly(1, 0);
  }

  @Test
  void aNewProviderIsGivenTrafficGradually() {
    step(0, BEST, ranked("b", 80));
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 80))).containsExactly(0.2, 0.8);
  }

  @Test
  void sharesFollowScoresTimesWeights() {
    assertThat(step(0, WEIGHTED, ranked("a", 60), ranked("b", 20), ranked("c", 10, 2)))
        .containsExactly(0.6, 0.2, 0.2);
    // From 0.6, 0.2, 0.2 to 0.2, 0.6, 0.2: 0.4 is to move, half of it in a second.
    assertThat(step(1_000, WEIGHTED, ranked("a", 20), ranked("b", 60), ranked("c", 10, 2)))
        .containsExactly(0.4, 0.4, 0.2);
    assertThat(step(1_000, WEIGHTED, ranked("a", 20), ranked("b", 60), ranked("c", 10, 2)))
        .containsExactly(0.2, 0.6, 0.2);
    assertThat(step(1_000, WEIGHTED, ranked("a", 20, 0), open("b", 60), ranked("c", 10, 2)))
        .as("what b had goes where the targets say")
        .containsExactly(0, 0, 1);
  }

  @Test
  void aDegradedOneLosesTheFirstPlaceAndRegainsItOnlyWhenItIsClearlyWell() {
    step(0, BEST, well("a", 90, 100), well("b", 80, 100));
    assertThat(step(1_000, BEST, degraded("a", 89, 70), well("b", 80, 100)))
        .containsExactly(0.8, 0.2);
    // 81% is over the mark of 80%, but not over the middle between the mark and 100%.
    assertThat(step(1_000, BEST, well("a", 90, 81), well("b", 80, 100))).containsExactly(0.6, 0.4);
    assertThat(step(1_000, BEST, well("a", 90, 89), well("b", 80, 100))).containsExactly(0.4, 0.6);
    assertThat(step(1_000, BEST, well("a", 90, 90), well("b", 80, 100))).containsExactly(0.6, 0.4);
  }

  @Test
  void whenAllAreDegradedAllAreUsedTheLeastBadMost() {
    assertThat(step(0, BEST, degraded("a", 60, 50), degraded("b", 30, 40), degraded("c", 4, 3)))
        .containsExactly(0.6, 0.3, 0.1);
    assertThat(step(1_000, BEST, open("a", 60), ranked("b", 0)))
        .as("nobody is usable")
        .containsExactly(0, 0);
  }

  @Test
  void anOperatorsWishIsFollowedAtOnce() {
    step(0, BEST, ranked("a", 90), ranked("b", 20));
    assertThat(preferring("b", 10, ranked("a", 90), ranked("b", 20))).containsExactly(0, 1);
    assertThat(preferring("b", 10, ranked("a", 90), open("b", 20))).containsExactly(1, 0);
    assertThat(preferring("b", 10, ranked("a", 90), ranked("b", 20))).containsExactly(0, 1);
    assertThat(step(1_000, BEST, ranked("a", 90), ranked("b", 20)))
        .as("without the wish it is automation again")
        .containsExactly(0.2, 0.8);
    assertThat(preferring("nobody", 1_000, ranked("a", 90), ranked("b", 20)))
        .containsExactly(0.4, 0.6);
  }

  @Test
  void anotherStrategyBeginsWithoutAFirst() {
    step(0, BEST, ranked("a", 80), ranked("b", 79));
    step(1_000, BEST, ranked("a", 79), ranked("b", 80));
    step(0, WEIGHTED, ranked("a", 79), ranked("b", 80));
    assertThat(step(1_000, BEST, ranked("a", 79), ranked("b", 80))[1]).isEqualTo(0.2, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void sharesAlwaysAddUpAndNeverMoveFasterThanAllowed(long seed) {
    Random random = new Random(seed);
    double[] before = null;
    for (int i = 0; i < 5_000; i++) {
      RankedCandidate[] candidates = new RankedCandidate[4];
      for (int k = 0; k < candidates.length; k++) {
        int score = 1 + random.nextInt(100);
        String id = String.valueOf((char) ('a' + k));
        candidates[k] = random.nextInt(10) == 0 ? degraded(id, score, 60) : ranked(id, score);
      }
      int passed = random.nextInt(2_000);
      double[] after = step(passed, random.nextInt(50) == 0 ? WEIGHTED : BEST, candidates);
      assertThat(Arrays.stream(after).sum()).as("seed %d", seed).isEqualTo(1, within(1e-5));
      double moved = 0;
      for (int k = 0; before != null && k < after.length; k++) {
        moved += Math.abs(after[k] - before[k]) / 2;
      }
      assertThat(moved)
          .as("seed %d step %d", seed, i)
          .isLessThanOrEqualTo(0.2 * passed / 1_000 + 1e-5);
      before = after;
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TrafficShares(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new TrafficShares(0.1, -1));
  }

  private double[] step(long millis, SelectionStrategy strategy, RankedCandidate... candidates) {
    now += millis;
    return rounded(shares.step(ranking(candidates), strategy, MIN_SUCCESS_RATE, null, false));
  }

  private double[] preferring(String provider, long millis, RankedCandidate... candidates) {
    now += millis;
    return rounded(shares.step(ranking(candidates), BEST, MIN_SUCCESS_RATE, provider, false));
  }

  private Ranking ranking(RankedCandidate... candidates) {
    return rankingAt(
        now,
        Arrays.stream(candidates)
            .sorted(Comparator.comparingDouble(RankedCandidate::score).reversed())
            .toArray(RankedCandidate[]::new));
  }

  /** The shares in the order of ids, to a millionth. */
  private static double[] rounded(Ranking ranking) {
    return ranking.candidates().stream()
        .sorted(Comparator.comparing(RankedCandidate::provider))
        .mapToDouble(candidate -> Math.round(candidate.share() * 1e6) / 1e6)
        .toArray();
  }

  private static RankedCandidate well(String id, double score, int successRate) {
    return rated(id, score, successRate, ProviderStatus.HEALTHY);
  }

  private static RankedCandidate degraded(String id, double score, int successRate) {
    return rated(id, score, successRate, ProviderStatus.DEGRADED);
  }

  private static RankedCandidate rated(
      String id, double score, int successRate, ProviderStatus status) {
    HealthSnapshot health = Candidates.health(successRate, 100 - successRate, 100);
    return new RankedCandidate(id, score, List.of(), status, health, 1, 1, 0, null);
  }
}

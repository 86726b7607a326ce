package io.signalbox.scoring;

import static io.signalbox.scoring.Candidates.NOW;
import static io.signalbox.scoring.Candidates.candidate;
import static io.signalbox.scoring.Candidates.health;
import static io.signalbox.scoring.Candidates.offering;
import static io.signalbox.scoring.Candidates.priced;
import static io.signalbox.scoring.Candidates.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
  private static final OptionalInt NO_STOCK_KNOWN = OptionalInt.empty();

  @ParameterizedTest
  @CsvSource({
    "90, 10, 1000, 87",
    "100, 0, 0, 100",
    "100, 0, 5000, 70",
    "100, 0, 9000, 70",
    "50, 50, 2500, 50",
    "0, 100, 0, 0",
    "0, 0, 0, 100"
  })
  void healthIsSeventyPercentSuccessAndThirtyPercentSpeed(
      int successes, int failures, double millis, double expected) {
    assertThat(HealthScore.of(health(successes, failures, millis), ScoreParameters.DEFAULT))
        .isEqualTo(expected, within(1e-9));
  }

  @Test
  void weightedAddsUpAllFourParts() {
    Candidate candidate = Candidate.of("a", health(90, 10, 1_000), 2, 5, 20);
    Score score =
        new WeightedPolicy().score(List.of(candidate), ScoreParameters.DEFAULT, NOW).get(0);
    // 0.4 x 87 + 0.3 x 50 + 0.2 x 80 + 0.1 x 75
    assertThat(score.value()).isEqualTo(73.3);
    assertThat(score.parts())
        .extracting(ScorePart::name)
        .containsExactly("health", "priority", "response_time", "free_load");
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 100", "2, 0, 85", "3, 0, 80", "1, 10, 90", "1, 25, 90", "4, 10, 67.5"})
  void weightedGradesRankAndLoad(int rank, int inFlight, double expected) {
    Candidate candidate = Candidate.of("a", HealthSnapshot.UNTRIED, rank, inFlight, 10);
    assertThat(score(new WeightedPolicy(), candidate)).isEqualTo(expected);
  }

  @Test
  void weightedFollowsItsWeightsAndMaximum() {
    ScoreParameters parameters =
        new ScoreParameters(2_000, 0.8, 0.5, new ScoreWeights(0.25, 0.25, 0.25, 0.25));
    Candidate candidate = Candidate.of("a", health(80, 20, 500), 2, 2, 4);
    // health 0.5 x 80 + 0.5 x 75 = 77.5; then (77.5 + 50 + 75 + 50) / 4
    assertThat(new WeightedPolicy().score(List.of(candidate), parameters, NOW).get(0).value())
        .isEqualTo(63.125);
  }

  @ParameterizedTest
  @CsvSource({
    "1999.9, 60",
    "2000, 50",
    "5000, 50",
    "5000.1, 40",
  })
  void adjustedRewardsSpeed(double millis, double expected) {
    assertThat(score(new AdjustedPolicy(), offering("a", health(50, 50, millis), NO_STOCK_KNOWN)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"101, 60", "100, 50", "10, 50", "9, 40", "1, 40", "0, 0"})
  void adjustedRewardsStock(int stock, double expected) {
    assertThat(
            score(
                new AdjustedPolicy(), offering("a", health(50, 50, 3_000), OptionalInt.of(stock))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 55", "3599999, 55", "3600000, 50", "86400000, 50", "86400001, 40"})
  void adjustedRewardsFreshness(long ageMillis, double expected) {
    HealthSnapshot health = health(50, 50, 3_000, NOW - ageMillis);
    assertThat(score(new AdjustedPolicy(), offering("a", health, NO_STOCK_KNOWN)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // The example of the policy's own words, and all adjustments that go one way.
    "80, 20, 1500, 5, 600000, 85",
    "60, 40, 1999.9, 101, 3599999, 85",
    "60, 40, 5000.1, 9, 86400001, 30",
    // Each boundary changes nothing.
    "60, 40, 2000, 100, 3600000, 60",
    "60, 40, 5000, 10, 86400000, 60",
    // One against the other.
    "60, 40, 1999.9, 9, 3600000, 60",
    "60, 40, 5000.1, 101, 3599999, 65",
    // Without stock nothing else counts.
    "100, 0, 10, 0, 0, 0",
    "100, 0, 10, 1, 0, 100"
  })
  void adjustedAddsUpAllItsParts(
      int successes, int failures, double millis, int stock, long ageMillis, double expected) {
    HealthSnapshot health = health(successes, failures, millis, NOW - ageMillis);
    Candidate candidate = offering("a", health, OptionalInt.of(stock));
    assertThat(score(new AdjustedPolicy(), candidate)).isEqualTo(expected);
  }

  @Test
  void adjustedSaysWhatEachPartGave() {
    Candidate candidate = offering("a", health(80, 20, 1_500, NOW - 600_000), OptionalInt.of(5));
    assertThat(
            new AdjustedPolicy()
                .score(List.of(candidate), ScoreParameters.DEFAULT, NOW)
                .get(0)
                .parts())
        .containsExactly(
            new ScorePart("success_rate", 80, 1, 80),
            new ScorePart("response_time", 1_500, 0, 10),
            new ScorePart("stock", 5, 0, -10),
            new ScorePart("last_success_age", 600_000, 0, 5));
    Candidate sold = offering("b", health(80, 20, 1_500, NOW), OptionalInt.of(0));
    assertThat(
            new AdjustedPolicy().score(List.of(sold), ScoreParameters.DEFAULT, NOW).get(0).parts())
        .containsExactly(new ScorePart("out_of_stock", 0, 0, 0));
  }

  @Test
  void adjustedGivesWhoNeverSucceededNothingForSpeedOrFreshness() {
    HealthSnapshot failing = HealthSnapshot.of(0, 5, 0, HealthSnapshot.NEVER, NOW);
    assertThat(score(new AdjustedPolicy(), offering("a", failing, OptionalInt.of(101))))
        .isEqualTo(10);
    assertThat(
            score(new AdjustedPolicy(), offering("b", HealthSnapshot.UNTRIED, OptionalInt.of(9))))
        .isEqualTo(90);
  }

  @Test
  void adjustedStaysWithinItsLimits() {
    Candidate best = offering("a", health(100, 0, 10, NOW), OptionalInt.of(500));
    Candidate worst = offering("b", health(1, 99, 9_000, 0), OptionalInt.of(1));
    List<Score> scores =
        new AdjustedPolicy().score(List.of(best, worst), ScoreParameters.DEFAULT, NOW);
    assertThat(scores).extracting(Score::value).containsExactly(100.0, 0.0);
    assertThat(scores.get(0).parts()).contains(new ScorePart("limit", 125, 0, -25));
    assertThat(scores.get(1).parts()).contains(new ScorePart("limit", -29, 0, 29));
  }

  @Test
  void adjustedLeavesTheUntriedAtItsBase() {
    assertThat(score(new AdjustedPolicy(), offering("a", HealthSnapshot.UNTRIED, NO_STOCK_KNOWN)))
        .isEqualTo(100);
  }

  @Test
  void cheapestPutsTheLowestPriceOfTheQualifiedFirst() {
    List<Candidate> candidates =
        List.of(
            priced("double", health(100, 0, 10), 0.20),
            priced("cheap", health(80, 20, 10), 0.10),
            priced("cheaper-but-failing", health(79, 21, 10), 0.05),
            candidate(
                "unpriced",
                health(100, 0, 10),
                NO_STOCK_KNOWN,
                OptionalDouble.empty(),
                false,
                null),
            candidate(
                "open", health(100, 0, 10), NO_STOCK_KNOWN, OptionalDouble.of(0.01), true, null));
    assertThat(new CheapestPolicy().score(candidates, ScoreParameters.DEFAULT, NOW))
        .extracting(Score::value)
        .containsExactly(75.0, 100.0, 39.5, 50.0, 100.0);
  }

  @Test
  void cheapestTakesTheFreeOneFirstAndStillOrdersTheOthers() {
    List<Candidate> candidates =
        List.of(
            priced("free", health(100, 0, 10), 0),
            priced("one", health(100, 0, 10), 1),
            priced("three", health(100, 0, 10), 3));
    assertThat(new CheapestPolicy().score(candidates, ScoreParameters.DEFAULT, NOW))
        .extracting(Score::value)
        .containsExactly(100.0, 75.0, 62.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void pointsAlwaysAddUpToAScoreFromZeroToHundred(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int k = 0; k < 1 + random.nextInt(8); k++) {
        candidates.add(anyCandidate("p" + k, random));
      }
      for (String name : List.of("weighted", "adjusted", "cheapest")) {
        for (Score score :
            ScorePolicy.named(name).score(candidates, ScoreParameters.DEFAULT, NOW)) {
          double points = score.parts().stream().mapToDouble(ScorePart::points).sum();
          assertThat(points).as("seed %d, %s", seed, name).isEqualTo(score.value(), within(1e-5));
          assertThat(score.value()).as("seed %d, %s", seed, name).isBetween(0.0, 100.0);
        }
      }
    }
  }

  @Test
  void refusesAnUnknownPolicyAndNamesTheKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScorePolicy.named("fastest"))
        .withMessageContaining("weighted, adjusted, cheapest");
  }

  @Test
  void refusesWeightsThatAreNotWhole() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreWeights(0.4, 0.3, 0.2, 0.2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreWeights(Double.NaN, 0.3, 0.2, 0.2));
  }

  private static Candidate anyCandidate(String id, Random random) {
    int successes = random.nextInt(101);
    HealthSnapshot health =
        health(
            successes,
            random.nextInt(101),
            successes == 0 ? 0 : random.nextInt(8_000),
            NOW - random.nextInt(200_000_000));
    OptionalInt stock =
        random.nextBoolean() ? OptionalInt.of(random.nextInt(120)) : OptionalInt.empty();
    OptionalDouble price =
        random.nextBoolean() ? OptionalDouble.of(random.nextInt(5)) : OptionalDouble.empty();
    return new Candidate(
        id, health, 1 + random.nextInt(5), 1, random.nextInt(30), 20, stock, price, false, null);
  }
}

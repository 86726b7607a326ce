package io.signalbox.scoring;

import static io.signalbox.scoring.Candidates.NOW;
import static io.signalbox.scoring.Candidates.candidate;
import static io.signalbox.scoring.Candidates.health;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankerTest {

  @Test
  void ranksBestFirstAndKeepsTheReasons() {
    Ranking ranking =
        rank(
            List.of(
                Candidate.of("slow", health(100, 0, 4_000), 1, 0, 10),
                Candidate.of("fast", health(100, 0, 100), 1, 0, 10)));
    assertThat(ranking.candidates())
        .extracting(RankedCandidate::provider)
        .containsExactly("fast", "slow");
    assertThat(ranking.policy()).isEqualTo("weighted");
    assertThat(ranking.candidates().get(0).parts()).hasSize(4);
    assertThat(ranking.find("slow")).isSameAs(ranking.candidates().get(1));
    assertThat(ranking.find("nobody")).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void breaksTiesByRankThenIdWhateverTheOrderOfCandidates(long seed) {
    // Under "adjusted" the rank is no part of the score, so all of these tie.
    List<Candidate> candidates =
        new ArrayList<>(
            List.of(
                Candidate.of("d", HealthSnapshot.UNTRIED, 2, 0, 10),
                Candidate.of("b", HealthSnapshot.UNTRIED, 1, 0, 10),
                Candidate.of("c", HealthSnapshot.UNTRIED, 2, 0, 10),
                Candidate.of("a", HealthSnapshot.UNTRIED, 3, 0, 10)));
    Collections.shuffle(candidates, new Random(seed));
    Ranking ranking =
        Ranker.rank(1, NOW, "sms", candidates, new AdjustedPolicy(), ScoreParameters.DEFAULT);
    assertThat(ranking.candidates())
        .as("seed %d", seed)
        .extracting(RankedCandidate::provider)
        .containsExactly("b", "c", "d", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 0.8, false, , HEALTHY",
    "80, 20, 0.8, false, , HEALTHY",
    "79, 21, 0.8, false, , DEGRADED",
    "75, 25, 0.5, false, , HEALTHY",
    "74, 26, 0.5, false, , DEGRADED",
    "100, 0, 0.8, true, , UNAVAILABLE",
    "100, 0, 0.8, false, drained, UNAVAILABLE",
    "0, 0, 1.0, false, , HEALTHY"
  })
  void gradesTheStatus(
      int successes,
      int failures,
      double minSuccessRate,
      boolean breakerOpen,
      String reason,
      ProviderStatus expected) {
    Candidate candidate =
        candidate(
            "a",
            health(successes, failures, 100),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            breakerOpen,
            reason);
    Ranking ranking =
        Ranker.rank(
            1,
            NOW,
            "sms",
            List.of(candidate),
            new WeightedPolicy(),
            ScoreParameters.DEFAULT.with(5_000, minSuccessRate));
    assertThat(ranking.candidates().get(0).status()).isEqualTo(expected);
  }

  @Test
  void refusesAProviderThatStandsThereTwice() {
    Candidate candidate = Candidate.of("a", HealthSnapshot.UNTRIED, 1, 0, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> rank(List.of(candidate, candidate)));
  }

  private static Ranking rank(List<Candidate> candidates) {
    return Ranker.rank(1, NOW, "email", candidates, new WeightedPolicy(), ScoreParameters.DEFAULT);
  }
}

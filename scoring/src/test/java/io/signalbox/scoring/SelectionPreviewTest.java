package io.signalbox.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionPreviewTest {
  private static final RandomGenerator UNTOUCHED =
      () -> {
        throw new AssertionError("a preview draws no random number");
      };

  @ParameterizedTest
  @EnumSource(SelectionStrategy.class)
  void saysWhatComesNextAndChangesNothing(SelectionStrategy strategy) {
    Selection watched = new Selection(0, new Random(71));
    Selection unwatched = new Selection(0, new Random(71));
    List<String> foretold = new ArrayList<>();
    List<String> chosen = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // A ranking that the selection has not seen, as every publication is one.
      Ranking newest = ranking(strategy, 50 - i % 3, 30, 10);
      foretold.add(watched.preview(newest, Exclusions.NONE).provider());
      watched.preview(newest, provider -> "a".equals(provider) ? "tried" : null);
      chosen.add(watched.choose(newest, Exclusions.NONE, false).provider());
      alone.add(unwatched.choose(newest, Exclusions.NONE, false).provider());
    }
    assertThat(foretold).isEqualTo(chosen);
    assertThat(chosen).isEqualTo(alone);
  }

  @Test
  void leavesExplorationOut() {
    Selection selection = new Selection(1, UNTOUCHED);
    assertThat(selection.preview(ranking(SelectionStrategy.BEST, 50, 30, 10), Exclusions.NONE))
        .isEqualTo(new Choice("a", ChoiceRule.BEST_SCORE, List.of()));
  }

  @Test
  void theNextOfAnEmptyRankingIsNobody() {
    Selection selection = new Selection(1, UNTOUCHED);
    assertThat(selection.preview(ranking(SelectionStrategy.BEST), Exclusions.NONE).rule())
        .isEqualTo(ChoiceRule.NONE_LEFT);
  }

  private static Ranking ranking(SelectionStrategy strategy, double... scores) {
    RankedCandidate[] candidates = new RankedCandidate[scores.length];
    for (int i = 0; i < scores.length; i++) {
      candidates[i] = Candidates.ranked(String.valueOf((char) ('a' + i)), scores[i]);
    }
    return Candidates.settled(strategy, candidates);
  }
}

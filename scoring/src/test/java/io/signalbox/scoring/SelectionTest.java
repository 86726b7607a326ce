package io.signalbox.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private final Random random = new Random(41);

  @Test
  void bestTakesTheFirstOfTheRanking() {
    Selection selection = new Selection(SelectionStrategy.BEST, 0, random);
    assertThat(selection.choose(ranking(ranked("a", 90), ranked("b", 80)), Exclusions.NONE))
        .isEqualTo(new Choice("a", ChoiceRule.BEST_SCORE, List.of()));
  }

  @Test
  void exclusionsAreFinalAndExplained() {
    Selection selection = new Selection(SelectionStrategy.BEST, 1, random);
    Ranking ranking = ranking(ranked("a", 90), drained("b", 80), ranked("c", 70));
    assertThat(selection.choose(ranking, excluding("a")))
        .isEqualTo(
            new Choice(
                "c",
                ChoiceRule.BEST_SCORE,
                List.of(new Exclusion("a", "tried"), new Exclusion("b", "drained"))));
    assertThat(selection.choose(ranking, excluding("a", "c")))
        .isEqualTo(
            new Choice(
                null,
                ChoiceRule.NONE_LEFT,
                List.of(
                    new Exclusion("a", "tried"),
                    new Exclusion("b", "drained"),
                    new Exclusion("c", "tried"))));
  }

  @Test
  void nobodyIsLeftOfAnEmptyRanking() {
    assertThat(new Selection(SelectionStrategy.WEIGHTED, random).choose(ranking(), Exclusions.NONE))
        .isEqualTo(new Choice(null, ChoiceRule.NONE_LEFT, List.of()));
  }

  @Test
  void weightedIsSmooth() {
    Selection selection = new Selection(SelectionStrategy.WEIGHTED, 0, random);
    Ranking ranking = ranking(ranked("a", 50), ranked("b", 10), ranked("c", 10));
    assertThat(sequence(selection, ranking, 14)).isEqualTo("aabacaaaabacaa");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule())
        .isEqualTo(ChoiceRule.WEIGHTED_ROUND_ROBIN);
  }

  @Test
  void weightedSharesAreExactOverACycle() {
    Selection selection = new Selection(SelectionStrategy.WEIGHTED, 0, random);
    Ranking ranking = ranking(ranked("a", 90), ranked("b", 60), ranked("c", 30, 2));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 210; i++) {
      counts.merge(selection.choose(ranking, Exclusions.NONE).provider(), 1, Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of("a", 90, "b", 60, "c", 60));
  }

  @Test
  void weightZeroGetsNoTurnWhileOthersAreLeft() {
    Selection selection = new Selection(SelectionStrategy.WEIGHTED, 0, random);
    Ranking ranking = ranking(ranked("a", 90, 0), ranked("b", 10));
    assertThat(sequence(selection, ranking, 5)).isEqualTo("bbbbb");
    assertThat(selection.choose(ranking, excluding("b")).provider()).isEqualTo("a");
  }

  @Test
  void turnsContinueAcrossRankings() {
    Selection selection = new Selection(SelectionStrategy.WEIGHTED, 0, random);
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      Ranking anew = ranking(ranked("a", 50), ranked("b", 10), ranked("c", 10));
      order.append(selection.choose(anew, Exclusions.NONE).provider());
    }
    assertThat(order).hasToString("aabacaa");
  }

  @Test
  void unavailableAndWorthlessAreLeftAloneWhileAnyoneIsUsable() {
    Selection selection = new Selection(SelectionStrategy.WEIGHTED, 0, random);
    Ranking ranking = ranking(open("a", 90), ranked("b", 20), ranked("c", 0));
    assertThat(sequence(selection, ranking, 4)).isEqualTo("bbbb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEST", "WEIGHTED"})
  void allTakeTurnsWhenAllAreBad(SelectionStrategy strategy) {
    Selection selection = new Selection(strategy, 0, random);
    Ranking ranking = ranking(open("a", 90), ranked("b", 0), drained("c", 50), open("d", 10));
    assertThat(sequence(selection, ranking, 6)).isEqualTo("abdabd");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.LEAST_BAD);
  }

  @Test
  void explorationTakesTheOneTriedLeastRecently() {
    Selection selection = new Selection(SelectionStrategy.BEST, 1, random);
    Ranking ranking = ranking(ranked("a", 90), ranked("b", 80), ranked("c", 0), open("d", 70));
    assertThat(sequence(selection, ranking, 6)).isEqualTo("abcabc");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.EXPLORATION);
    assertThat(selection.choose(ranking, Exclusions.NONE, false).rule())
        .isEqualTo(ChoiceRule.BEST_SCORE);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void explorationIsAboutOnePercentUnlessConfigured(long seed) {
    Selection selection = new Selection(SelectionStrategy.BEST, new Random(seed));
    Ranking ranking = ranking(ranked("a", 90), ranked("b", 80));
    int explored = 0;
    for (int i = 0; i < 100_000; i++) {
      Choice choice = selection.choose(ranking, Exclusions.NONE);
      explored += choice.rule() == ChoiceRule.EXPLORATION ? 1 : 0;
    }
    // 1,000 expected, standard deviation 31: five of them either way.
    assertThat(explored).as("seed %d", seed).isBetween(845, 1_155);
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void neverChoosesTheExcludedNorTheDrainedAndAlwaysAnswersWhenOneIsLeft(long seed) {
    Random any = new Random(seed);
    Selection selection =
        new Selection(
            any.nextBoolean() ? SelectionStrategy.BEST : SelectionStrategy.WEIGHTED, 0.3, any);
    for (int i = 0; i < 20_000; i++) {
      RankedCandidate[] candidates = new RankedCandidate[any.nextInt(6)];
      for (int k = 0; k < candidates.length; k++) {
        String id = String.valueOf((char) ('a' + k));
        double score = any.nextInt(4) * 30;
        candidates[k] =
            switch (any.nextInt(4)) {
              case 0 -> open(id, score);
              case 1 -> drained(id, score);
              default -> ranked(id, score, any.nextInt(3));
            };
      }
      int mask = any.nextInt(64);
      Exclusions exclusions = id -> (mask >> (id.charAt(0) - 'a') & 1) == 1 ? "masked" : null;
      Choice choice = selection.choose(ranking(candidates), exclusions);
      Set<String> out = new HashSet<>();
      choice.exclusions().forEach(each -> out.add(each.provider()));
      if (choice.provider() == null) {
        assertThat(out).as("seed %d step %d", seed, i).hasSize(candidates.length);
      } else {
        assertThat(out).as("seed %d step %d", seed, i).doesNotContain(choice.provider());
        assertThat(exclusions.reasonAgainst(choice.provider())).isNull();
        assertThat(ranking(candidates).find(choice.provider()).outOfServiceReason()).isNull();
      }
    }
  }

  @Test
  void refusesAnImpossibleShare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(SelectionStrategy.BEST, 1.1, random));
  }

  private static String sequence(Selection selection, Ranking ranking, int length) {
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < length; i++) {
      order.append(selection.choose(ranking, Exclusions.NONE).provider());
    }
    return order.toString();
  }

  private static Exclusions excluding(String... providers) {
    Set<String> excluded = Set.of(providers);
    return provider -> excluded.contains(provider) ? "tried" : null;
  }

  private static Ranking ranking(RankedCandidate... candidates) {
    return new Ranking(1, 0, "email", "weighted", List.of(candidates));
  }

  private static RankedCandidate ranked(String id, double score) {
    return ranked(id, score, 1);
  }

  private static RankedCandidate ranked(String id, double score, int weight) {
    return of(id, score, weight, ProviderStatus.HEALTHY, null);
  }

  private static RankedCandidate open(String id, double score) {
    return of(id, score, 1, ProviderStatus.UNAVAILABLE, null);
  }

  private static RankedCandidate drained(String id, double score) {
    return of(id, score, 1, ProviderStatus.UNAVAILABLE, "drained");
  }

  private static RankedCandidate of(
      String id, double score, int weight, ProviderStatus status, String reason) {
    return new RankedCandidate(
        id, score, List.of(), status, HealthSnapshot.UNTRIED, 1, weight, reason);
  }
}

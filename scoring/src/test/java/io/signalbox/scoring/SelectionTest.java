package io.signalbox.scoring;

import static io.signalbox.scoring.Candidates.drained;
import static io.signalbox.scoring.Candidates.open;
import static io.signalbox.scoring.Candidates.ranked;
import static io.signalbox.scoring.Candidates.rankingAt;
import static io.signalbox.scoring.Candidates.settled;
import static io.signalbox.scoring.SelectionStrategy.BEST;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private final Random random = new Random(41);

  @Test
  void bestTakesTheFirstOfTheRanking() {
    Selection selection = new Selection(0, random);
    assertThat(selection.choose(ranking(ranked("a", 90), ranked("b", 80)), Exclusions.NONE))
        .isEqualTo(new Choice("a", ChoiceRule.BEST_SCORE, List.of()));
  }

  @Test
  void exclusionsAreFinalAndExplained() {
    Selection selection = new Selection(1, random);
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
    assertThat(new Selection(random).choose(ranking(), Exclusions.NONE))
        .isEqualTo(new Choice(null, ChoiceRule.NONE_LEFT, List.of()));
  }

  @Test
  void weightedIsSmooth() {
    Selection selection = new Selection(0, random);
    Ranking ranking = byWeight(ranked("a", 50), ranked("b", 10), ranked("c", 10));
    assertThat(sequence(selection, ranking, 14)).isEqualTo("aabacaaaabacaa");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule())
        .isEqualTo(ChoiceRule.WEIGHTED_ROUND_ROBIN);
  }

  @Test
  void weightedSharesAreExactOverACycle() {
    Selection selection = new Selection(0, random);
    Ranking ranking = byWeight(ranked("a", 90), ranked("b", 60), ranked("c", 30, 2));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 210; i++) {
      counts.merge(selection.choose(ranking, Exclusions.NONE).provider(), 1, Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of("a", 90, "b", 60, "c", 60));
  }

  @Test
  void weightZeroGetsNoTurnWhileOthersAreLeft() {
    Selection selection = new Selection(0, random);
    Ranking ranking = byWeight(ranked("a", 90, 0), ranked("b", 10));
    assertThat(sequence(selection, ranking, 5)).isEqualTo("bbbbb");
    assertThat(selection.choose(ranking, excluding("b")).provider()).isEqualTo("a");
  }

  @Test
  void turnsContinueAcrossRankings() {
    Selection selection = new Selection(0, random);
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      Ranking anew = byWeight(ranked("a", 50), ranked("b", 10), ranked("c", 10));
      order.append(selection.choose(anew, Exclusions.NONE).provider());
    }
    assertThat(order).hasToString("aabacaa");
  }

  @Test
  void unavailableAndWorthlessAreLeftAloneWhileAnyoneIsUsable() {
    Selection selection = new Selection(0, random);
    Ranking ranking = byWeight(open("a", 90), ranked("b", 20), ranked("c", 0));
    assertThat(sequence(selection, ranking, 4)).isEqualTo("bbbb");
  }

  @ParameterizedTest
  @EnumSource(SelectionStrategy.class)
  void allTakeTurnsTheLeastBadFirstWhenNobodyIsUsable(SelectionStrategy strategy) {
    Selection selection = new Selection(0, random);
    Ranking ranking =
        settled(strategy, open("a", 30), ranked("b", 0), drained("c", 50), open("d", 20));
    // By score, but at least 10: 30, 10 and 20 of 60.
    assertThat(sequence(selection, ranking, 6)).isEqualTo("adabda");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.LEAST_BAD);
  }

  @Test
  void allDegradedShareTheTrafficTheLeastBadFirst() {
    Selection selection = new Selection(0, random);
    Ranking ranking = ranking(degraded("a", 60), degraded("b", 30), degraded("c", 2));
    // 60, 30 and at least 10 of 100.
    assertThat(sequence(selection, ranking, 10)).isEqualTo("abaabacaba");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.LEAST_BAD);
  }

  @Test
  void aPreferredProviderGoesFirstWhileItIsUsable() {
    Selection selection = new Selection(1, random);
    Ranking ranking = preferring("b", ranked("a", 90), ranked("b", 20), ranked("c", 30));
    assertThat(sequence(selection, ranking, 4)).isEqualTo("bbbb");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.PREFERRED);
    assertThat(selection.choose(ranking, excluding("b")))
        .isEqualTo(new Choice("a", ChoiceRule.BEST_SCORE, List.of(new Exclusion("b", "tried"))));
    assertThat(
            selection
                .choose(preferring("b", ranked("a", 90), open("b", 20)), Exclusions.NONE)
                .provider())
        .isEqualTo("a");
  }

  @Test
  void trafficThatHasNotMovedYetIsNamedSo() {
    Selection selection = new Selection(0, random);
    TrafficShares shares = new TrafficShares(0.25, 0);
    shares.step(rankingAt(1_000, ranked("a", 90), ranked("b", 80)), BEST, 0.8, null, true);
    Ranking moved =
        shares.step(rankingAt(2_000, ranked("b", 95), ranked("a", 90)), BEST, 0.8, null, false);
    assertThat(sequence(selection, moved, 8)).isEqualTo("abaaabaa");
    assertThat(selection.choose(moved, excluding("b")).rule()).isEqualTo(ChoiceRule.BEST_SCORE);
    assertThat(selection.choose(moved, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.TRAFFIC_SHARE);
  }

  @Test
  void explorationTakesTheOneTriedLeastRecently() {
    Selection selection = new Selection(1, random);
    Ranking ranking = ranking(ranked("a", 90), ranked("b", 80), ranked("c", 0), open("d", 70));
    assertThat(sequence(selection, ranking, 6)).isEqualTo("abcabc");
    assertThat(selection.choose(ranking, Exclusions.NONE).rule()).isEqualTo(ChoiceRule.EXPLORATION);
    assertThat(selection.choose(ranking, Exclusions.NONE, false).rule())
        .isEqualTo(ChoiceRule.BEST_SCORE);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void explorationIsAboutOnePercentUnlessConfigured(long seed) {
    Selection selection = new Selection(new Random(seed));
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
    Selection selection = new Selection(0.3, any);
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
      SelectionStrategy strategy = any.nextBoolean() ? BEST : SelectionStrategy.WEIGHTED;
      Ranking ranking = settled(strategy, candidates);
      int mask = any.nextInt(64);
      Exclusions exclusions = id -> (mask >> (id.charAt(0) - 'a') & 1) == 1 ? "masked" : null;
      Choice choice = selection.choose(ranking, exclusions);
      Set<String> out = new HashSet<>();
      choice.exclusions().forEach(each -> out.add(each.provider()));
      if (choice.provider() == null) {
        assertThat(out).as("seed %d step %d", seed, i).hasSize(candidates.length);
      } else {
        assertThat(out).as("seed %d step %d", seed, i).doesNotContain(choice.provider());
        assertThat(exclusions.reasonAgainst(choice.provider())).isNull();
        assertThat(ranking.find(choice.provider()).outOfServiceReason()).isNull();
      }
    }
  }

  @Test
  void refusesAnImpossibleShare() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Selection(1.1, random));
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
    return settled(SelectionStrategy.BEST, candidates);
  }

  private static Ranking preferring(String provider, RankedCandidate... candidates) {
    return new TrafficShares(1, 0).step(rankingAt(1_000, candidates), BEST, 0.8, provider, true);
  }

  private static RankedCandidate degraded(String id, double score) {
    return ranked(id, score, 1, ProviderStatus.DEGRADED, null);
  }

  private static Ranking byWeight(RankedCandidate... candidates) {
    return settled(SelectionStrategy.WEIGHTED, candidates);
  }
}

package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes rankings: a pure function of the candidates, the policy and its parameters. */
public final class Ranker {
  /**
   * Highest score first; ties go to the better priority rank, then to the id, so that order never
   * flickers.
   */
  private static final Comparator<RankedCandidate> BEST_FIRST =
      Comparator.comparingDouble(RankedCandidate::score)
          .reversed()
          .thenComparingInt(RankedCandidate::priorityRank)
          .thenComparing(RankedCandidate::provider);

  private Ranker() {}

  /**
   * Ranks the candidates of a channel. The ranking has no shares yet.
   *
   * @param id the new ranking's id
   * @param atMillis now, epoch milliseconds
   * @throws IllegalArgumentException if a provider stands among the candidates twice
   */
  public static Ranking rank(
      long id,
      long atMillis,
      String channel,
      List<Candidate> candidates,
      ScorePolicy policy,
      ScoreParameters parameters) {
    requireDistinct(candidates);
    List<Score> scores = policy.score(candidates, parameters, atMillis);
    List<RankedCandidate> ranked = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      ranked.add(place(candidates.get(i), scores.get(i), parameters));
    }
    ranked.sort(BEST_FIRST);
    return new Ranking(id, atMillis, channel, policy.name(), ranked);
  }

  private static RankedCandidate place(
      Candidate candidate, Score score, ScoreParameters parameters) {
    return new RankedCandidate(
        candidate.provider(),
        score.value(),
        score.parts(),
        ProviderStatus.of(
            candidate.health(),
            parameters.minSuccessRate(),
            candidate.breakerOpen(),
            candidate.outOfServiceReason() != null),
        candidate.health(),
        candidate.priorityRank(),
        candidate.weight(),
        0,
        candidate.outOfServiceReason());
  }

  private static void requireDistinct(List<Candidate> candidates) {
    Set<String> seen = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (!seen.add(candidate.provider())) {
        throw new IllegalArgumentException("provider ranked twice: " + candidate.provider());
      }
    }
  }
}

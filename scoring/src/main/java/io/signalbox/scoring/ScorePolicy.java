package io.signalbox.scoring;

import java.util.List;

/**
 * Turns the facts about a channel's candidates into scores. Policies are stateless and immutable.
 */
public sealed interface ScorePolicy permits WeightedPolicy, AdjustedPolicy, CheapestPolicy {
  /** The name in configuration, rankings and the timeline. */
  String name();

  /**
   * Scores the candidates.
   *
   * @param nowMillis epoch milliseconds
   * @return one score for each candidate, in their order
   */
  List<Score> score(List<Candidate> candidates, ScoreParameters parameters, long nowMillis);

  /**
   * Finds a policy by its {@link #name()}.
   *
   * @throws IllegalArgumentException if there is no such policy; the message lists those that exist
   */
  static ScorePolicy named(String name) {
    return switch (name) {
      case WeightedPolicy.NAME -> new WeightedPolicy();
      case AdjustedPolicy.NAME -> new AdjustedPolicy();
      case CheapestPolicy.NAME -> new CheapestPolicy();
      default ->
          throw new IllegalArgumentException(
              "no score policy is named '" + name + "'; there are weighted, adjusted, cheapest");
    };
  }
}

package io.signalbox.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's place in a {@link Ranking}, with everything needed to explain it.
 *
 * @param provider the provider's id
 * @param score 0 to 100
 * @param parts the reasons; their points add up to the score
 * @param status the provider's status when the ranking was made
 * @param health the provider's health when the ranking was made
 * @param priorityRank 1 for primary, 2 for secondary, and so on
 * @param weight multiplies the score where traffic is shared by score
 * @param share its share of the channel's traffic now, 0 to 1; 0 until {@link TrafficShares} says
 *     otherwise
 * @param outOfServiceReason why it must not be chosen at all, or null
 */
public record RankedCandidate(
    String provider,
    double score,
    List<ScorePart> parts,
    ProviderStatus status,
    HealthSnapshot health,
    int priorityRank,
    int weight,
    double share,
    @Nullable String outOfServiceReason) {

  /** Copies the list. */
  public RankedCandidate {
    parts = List.copyOf(parts);
  }

  /** The same candidate with another share. */
  RankedCandidate withShare(double newShare) {
    return new RankedCandidate(
        provider, score, parts, status, health, priorityRank, weight, newShare, outOfServiceReason);
  }

  /** Whether its breaker is not open, it is in service, and it has a score at all. */
  public boolean usable() {
    return status != ProviderStatus.UNAVAILABLE && score > 0;
  }
}

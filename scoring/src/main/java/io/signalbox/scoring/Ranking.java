package io.signalbox.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ordered candidates of a channel, best first, as scoring published them. Immutable.
 *
 * @param id differs from that of every other ranking of the channel
 * @param atMillis when it was made, epoch milliseconds
 * @param channel the channel, e.g. {@code email}
 * @param policy the name of the policy that scored
 * @param strategy what the shares follow
 * @param preferred the provider that goes first while it is usable, or null
 * @param candidates best first; may be empty. Their shares add up to 1, or are all 0 while nobody
 *     is usable or {@link TrafficShares} has not seen the ranking: then the first usable one is
 *     chosen
 */
public record Ranking(
    long id,
    long atMillis,
    String channel,
    String policy,
    SelectionStrategy strategy,
    @Nullable String preferred,
    List<RankedCandidate> candidates) {

  /** Copies the list. */
  public Ranking {
    candidates = List.copyOf(candidates);
  }

  /** A ranking without shares. */
  public Ranking(
      long id, long atMillis, String channel, String policy, List<RankedCandidate> candidates) {
    this(id, atMillis, channel, policy, SelectionStrategy.BEST, null, candidates);
  }

  /** The same ranking with shares. */
  Ranking withShares(
      SelectionStrategy newStrategy,
      @Nullable String newPreferred,
      List<RankedCandidate> newCandidates) {
    return new Ranking(id, atMillis, channel, policy, newStrategy, newPreferred, newCandidates);
  }

  /** Returns the candidate with that id, or null. */
  public @Nullable RankedCandidate find(String provider) {
    for (RankedCandidate candidate : candidates) {
      if (candidate.provider().equals(provider)) {
        return candidate;
      }
    }
    return null;
  }
}

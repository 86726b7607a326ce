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
 * @param candidates best first; may be empty
 */
public record Ranking(
    long id, long atMillis, String channel, String policy, List<RankedCandidate> candidates) {

  /** Copies the list. */
  public Ranking {
    candidates = List.copyOf(candidates);
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

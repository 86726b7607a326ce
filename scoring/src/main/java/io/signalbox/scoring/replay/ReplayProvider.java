package io.signalbox.scoring.replay;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * A provider that the other policy may choose.
 *
 * @param provider its id
 * @param channels the channels it carries
 * @param priorityRank 1 for primary, 2 for secondary, and so on
 * @param weight multiplies its score in weighted round-robin
 * @param maxConcurrent how many attempts may be under way, for the load part of scores
 * @param price price of one message, where known; what is not known costs nothing in the report
 */
public record ReplayProvider(
    String provider,
    Set<String> channels,
    int priorityRank,
    int weight,
    int maxConcurrent,
    OptionalDouble price) {
  /** Copies the set. */
  public ReplayProvider {
    channels = Set.copyOf(channels);
  }
}

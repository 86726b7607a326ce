package io.signalbox.scoring;

/** How a {@link Selection} picks from a ranking. */
public enum SelectionStrategy {
  /** The first of the ranking. */
  BEST,
  /** Smooth weighted round-robin by score, for load balancing. */
  WEIGHTED
}

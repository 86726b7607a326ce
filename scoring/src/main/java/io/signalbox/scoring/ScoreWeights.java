package io.signalbox.scoring;

/**
 * The shares of the four parts of the {@link WeightedPolicy}; each 0 to 1, together 1.
 *
 * @param health share of the health score
 * @param priority share of the priority rank
 * @param response share of the response time
 * @param load share of the free load
 */
public record ScoreWeights(double health, double priority, double response, double load) {
  /** 40% health, 30% priority rank, 20% response time, 10% free load. */
  public static final ScoreWeights DEFAULT = new ScoreWeights(0.4, 0.3, 0.2, 0.1);

  private static final double TOLERANCE = 1e-6;

  /** Checks the ranges and the sum. */
  public ScoreWeights {
    if (!(health >= 0 && priority >= 0 && response >= 0 && load >= 0)
        || !(Math.abs(health + priority + response + load - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException("score weights must be at least 0 and together 1");
    }
  }
}

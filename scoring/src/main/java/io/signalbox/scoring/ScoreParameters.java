package io.signalbox.scoring;

/**
 * The numbers of scoring that can be changed per channel while running.
 *
 * @param maxResponseTimeMillis the response time that earns no points; half of it earns half of
 *     them. At least 1, default 5,000
 * @param minSuccessRate 0 to 1; a provider under it is degraded, and not chosen for its price.
 *     Default 0.8
 * @param healthSuccessShare share of the success rate in the health score, 0 to 1; the rest is the
 *     response time. Default 0.7
 * @param weights shares of the {@link WeightedPolicy}
 */
public record ScoreParameters(
    long maxResponseTimeMillis,
    double minSuccessRate,
    double healthSuccessShare,
    ScoreWeights weights) {
  /** 5 s, 80%, 70% and the default weights. */
  public static final ScoreParameters DEFAULT =
      new ScoreParameters(5_000, 0.8, 0.7, ScoreWeights.DEFAULT);

  /** Checks the ranges. */
  public ScoreParameters {
    if (maxResponseTimeMillis < 1) {
      throw new IllegalArgumentException(
          "maxResponseTimeMillis must be at least 1: " + maxResponseTimeMillis);
    }
    if (!(minSuccessRate >= 0 && minSuccessRate <= 1)) {
      throw new IllegalArgumentException("minSuccessRate must be 0 to 1: " + minSuccessRate);
    }
    if (!(healthSuccessShare >= 0 && healthSuccessShare <= 1)) {
      throw new IllegalArgumentException(
          "healthSuccessShare must be 0 to 1: " + healthSuccessShare);
    }
  }

  /** Returns these parameters with the two numbers that the routing preferences hold. */
  public ScoreParameters with(long newMaxResponseTimeMillis, double newMinSuccessRate) {
    return new ScoreParameters(
        newMaxResponseTimeMillis, newMinSuccessRate, healthSuccessShare, weights);
  }
}

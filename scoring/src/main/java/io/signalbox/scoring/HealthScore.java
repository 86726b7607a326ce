package io.signalbox.scoring;

/**
 * The health of a provider as one number, 0 to 100.
 *
 * <p>Health = 70% success rate of the last 100 attempts + 30% response time against the maximum
 * (design, section 6): {@code 0.7 x 100 x successRate + 0.3 x 100 x (1 - average / max)}, where the
 * second grade is not under 0. Example: 90 of 100 attempts succeeded in 1,000 ms on average,
 * maximum 5,000 ms: 0.7 x 90 + 0.3 x 80 = 87. A provider without attempts has 100; one with
 * failures only has 0.
 */
public final class HealthScore {
  private HealthScore() {}

  /** Computes the score. */
  public static double of(HealthSnapshot health, ScoreParameters parameters) {
    double share = parameters.healthSuccessShare();
    return share * Grades.successRate(health)
        + (1 - share) * Grades.responseTime(health, parameters);
  }
}

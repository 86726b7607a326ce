package io.signalbox.scoring;

/** The grades, 0 to 100, that health and policies are made of. */
final class Grades {
  private static final double LEAST_SHARE_POINTS = 10;

  private Grades() {}

  /** The success rate in percent, as far as what was accepted was delivered too. */
  static double successRate(HealthSnapshot health) {
    return 100 * health.effectiveSuccessRate();
  }

  /** The weight of a score where all are bad: so that also the worst gets its turn now and then. */
  static double leastBad(double score) {
    return Math.max(LEAST_SHARE_POINTS, score);
  }

  /**
   * 100 x (1 - average / maximum), not under 0. A provider that has not been tried gets 100; one
   * whose window holds failures only gets 0, since nothing good is known about its speed.
   */
  static double responseTime(HealthSnapshot health, ScoreParameters parameters) {
    if (health.successes() == 0) {
      return health.attempts() == 0 ? 100 : 0;
    }
    return Math.max(
        0, 100 * (1 - health.averageResponseMillis() / parameters.maxResponseTimeMillis()));
  }

  /** 100 / rank: primary 100, secondary 50, tertiary 33.3. */
  static double priority(Candidate candidate) {
    return 100.0 / candidate.priorityRank();
  }

  /** 100 x (1 - in flight / maximum), not under 0. */
  static double freeLoad(Candidate candidate) {
    return Math.max(0, 100 * (1 - (double) candidate.inFlight() / candidate.maxConcurrent()));
  }
}

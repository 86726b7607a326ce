package io.signalbox.scoring;

/** The grades, 0 to 100, that health and policies are made of. */
final class Grades {
  private Grades() {}

  static double successRate(HealthSnapshot health) {
    return 100 * health.successRate();
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

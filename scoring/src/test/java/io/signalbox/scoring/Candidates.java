package io.signalbox.scoring;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Candidates and health for tests. */
final class Candidates {
  static final long NOW = 1_800_000_000_000L;

  private Candidates() {}

  static HealthSnapshot health(int successes, int failures, double averageMillis) {
    return health(successes, failures, averageMillis, NOW - 2 * 3_600_000);
  }

  static HealthSnapshot health(int successes, int failures, double averageMillis, long successAt) {
    return HealthSnapshot.of(successes, failures, averageMillis, successAt, HealthSnapshot.NEVER);
  }

  static Candidate offering(String id, HealthSnapshot health, OptionalInt stock) {
    return candidate(id, health, stock, OptionalDouble.empty(), false, null);
  }

  static Candidate priced(String id, HealthSnapshot health, double price) {
    return candidate(id, health, OptionalInt.empty(), OptionalDouble.of(price), false, null);
  }

  static Candidate candidate(
      String id,
      HealthSnapshot health,
      OptionalInt stock,
      OptionalDouble price,
      boolean breakerOpen,
      String outOfServiceReason) {
    return new Candidate(id, health, 1, 1, 0, 10, stock, price, breakerOpen, outOfServiceReason);
  }

  static double score(ScorePolicy policy, Candidate candidate) {
    return policy.score(List.of(candidate), ScoreParameters.DEFAULT, NOW).get(0).value();
  }
}

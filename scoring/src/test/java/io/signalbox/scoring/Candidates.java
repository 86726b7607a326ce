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

  static RankedCandidate ranked(String id, double score) {
    return ranked(id, score, 1, ProviderStatus.HEALTHY, null);
  }

  static RankedCandidate ranked(String id, double score, int weight) {
    return ranked(id, score, weight, ProviderStatus.HEALTHY, null);
  }

  static RankedCandidate open(String id, double score) {
    return ranked(id, score, 1, ProviderStatus.UNAVAILABLE, null);
  }

  static RankedCandidate drained(String id, double score) {
    return ranked(id, score, 1, ProviderStatus.UNAVAILABLE, "drained");
  }

  static RankedCandidate ranked(
      String id, double score, int weight, ProviderStatus status, String reason) {
    return new RankedCandidate(
        id, score, List.of(), status, HealthSnapshot.UNTRIED, 1, weight, 0, reason);
  }

  /** A ranking of its own time, without shares. */
  static Ranking rankingAt(long millis, RankedCandidate... candidates) {
    return new Ranking(1, millis, "email", "weighted", List.of(candidates));
  }

  /** A ranking whose shares stand where the strategy wants them. */
  static Ranking settled(SelectionStrategy strategy, RankedCandidate... candidates) {
    return new TrafficShares(1, 0).step(rankingAt(NOW, candidates), strategy, 0.8, null, true);
  }
}

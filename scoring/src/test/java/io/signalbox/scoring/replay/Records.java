package io.signalbox.scoring.replay;

import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScorePolicy;
import io.signalbox.scoring.ScoreWeights;
import io.signalbox.scoring.SelectionStrategy;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.replay.ReplayPolicy.OnUnknown;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Short forms of what replays are made of. */
final class Records {
  static final String EMAIL = "email";

  private Records() {}

  static RecordedAttempt attempt(
      String provider, long startedAt, long took, RecordedOutcome outcome) {
    return new RecordedAttempt(
        EMAIL, provider, startedAt, took, outcome, RecordedAttempt.NEVER, false);
  }

  static RecordedAttempt confirmed(RecordedAttempt attempt, long afterMillis) {
    return new RecordedAttempt(
        attempt.channel(),
        attempt.provider(),
        attempt.startedAtMillis(),
        attempt.tookMillis(),
        attempt.outcome(),
        afterMillis,
        false);
  }

  static RecordedNotification notification(RecordedAttempt... attempts) {
    return new RecordedNotification(List.of(EMAIL), List.of(attempts));
  }

  static ReplayProvider provider(String id, int priority) {
    return new ReplayProvider(id, Set.of(EMAIL), priority, 1, 10, OptionalDouble.empty());
  }

  static ReplayProvider provider(String id, int priority, double price) {
    return new ReplayProvider(id, Set.of(EMAIL), priority, 1, 10, OptionalDouble.of(price));
  }

  /** Best first, failing over at once, three attempts in one round. */
  static ReplayPolicy best() {
    return policy("weighted", null, OnUnknown.FAILOVER, 3, 1);
  }

  /** As above, scored by priority alone. */
  static ReplayPolicy byPriority() {
    ScoreParameters defaults = ScoreParameters.DEFAULT;
    return policy(
        "weighted",
        new ScoreParameters(
            defaults.maxResponseTimeMillis(),
            defaults.minSuccessRate(),
            defaults.healthSuccessShare(),
            new ScoreWeights(0, 1, 0, 0)),
        null,
        OnUnknown.FAILOVER,
        3,
        1);
  }

  static ReplayPolicy pinned(String provider) {
    return policy("weighted", provider, OnUnknown.FAILOVER, 3, 1);
  }

  static ReplayPolicy policy(
      String score, String provider, OnUnknown onUnknown, int maxAttempts, int maxRounds) {
    return policy(score, ScoreParameters.DEFAULT, provider, onUnknown, maxAttempts, maxRounds);
  }

  private static ReplayPolicy policy(
      String score,
      ScoreParameters parameters,
      String provider,
      OnUnknown onUnknown,
      int maxAttempts,
      int maxRounds) {
    return policy(score, parameters, provider, onUnknown, 0, maxAttempts, maxRounds);
  }

  /** Best first, failing over when no receipt came within so long. */
  static ReplayPolicy waiting(long unknownWaitMillis, int maxAttempts, int maxRounds) {
    return policy(
        "weighted",
        ScoreParameters.DEFAULT,
        null,
        OnUnknown.FAILOVER,
        unknownWaitMillis,
        maxAttempts,
        maxRounds);
  }

  private static ReplayPolicy policy(
      String score,
      ScoreParameters parameters,
      String provider,
      OnUnknown onUnknown,
      long unknownWaitMillis,
      int maxAttempts,
      int maxRounds) {
    return new ReplayPolicy(
        ScorePolicy.named(score),
        parameters,
        SelectionStrategy.BEST,
        0,
        provider,
        onUnknown,
        unknownWaitMillis,
        maxAttempts,
        maxRounds,
        1_000,
        60_000,
        86_400_000,
        true);
  }

  static ReplaySettings settings() {
    return ReplaySettings.of(100, BreakerSettings.DEFAULT, 0, 41);
  }
}

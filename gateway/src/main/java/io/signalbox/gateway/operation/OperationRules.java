package io.signalbox.gateway.operation;

import io.signalbox.gateway.config.OperationSettings;
import java.time.Duration;

/**
 * The numbers by which operations go on; see {@code docs/adr/0048-operations-as-sagas.md}.
 *
 * @param callTimeout how long one attempt may take
 * @param settleAfter how long after an attempt's deadline a look-up that finds nothing counts
 * @param settleWithin how long after its begin, or after a restart, an unknown attempt is looked
 *     for before a person is told
 * @param watch how long what an unknown attempt may have left is looked for afterwards
 */
public record OperationRules(
    Duration callTimeout, Duration settleAfter, Duration settleWithin, Duration watch) {
  /** What has waited for so long for its turn is begun no more: whoever wanted it is gone. */
  public static final Duration LONGEST_TURN = Duration.ofMinutes(15);

  /** At most so many rounds follow the first. */
  public static final int MAX_RETRIES = 3;

  private static final long RETRY_MILLIS = 1_000;
  private static final double JITTER = 0.1;
  private static final long LOOK_UP_MILLIS = 1_000;
  private static final long LONGEST_LOOK_UP_MILLIS = 15_000;
  private static final long SHORTEST_PATIENCE_MILLIS = 5_000;
  private static final long LONGEST_PATIENCE_MILLIS = 60_000;
  private static final long LONGEST_WATCH_MILLIS = 60_000;
  private static final long LONGEST_REFUSED_MILLIS = 300_000;
  private static final int MAX_SHIFT = 10;

  /** The rules of a configuration. */
  public static OperationRules of(OperationSettings settings) {
    return new OperationRules(
        settings.callTimeout(), settings.settleAfter(), settings.settleWithin(), settings.watch());
  }

  /**
   * The wait before a round after the first: 1, 2, 4 s, each 10% more or less.
   *
   * @param round counted from 1
   * @param random 0 to 1, 1 excluded
   */
  public static long retryMillis(int round, double random) {
    double jitter = 1 + JITTER * (2 * random - 1);
    return Math.round(doubled(RETRY_MILLIS, round - 1, Long.MAX_VALUE) * jitter);
  }

  /**
   * The wait before a look-up: 1, 2, 4 s and so on up to 15 s.
   *
   * @param before how many there were
   */
  public static long lookUpMillis(int before) {
    return doubled(LOOK_UP_MILLIS, before, LONGEST_LOOK_UP_MILLIS);
  }

  /**
   * The wait of a patient operation that nobody can be asked for: 5 to 60 s.
   *
   * @param retryAfterMillis after how long somebody may be; 0 if nobody knows
   * @param round counted from 0
   */
  public static long patienceMillis(long retryAfterMillis, int round) {
    long wish =
        retryAfterMillis > 0
            ? retryAfterMillis
            : doubled(SHORTEST_PATIENCE_MILLIS, round, LONGEST_PATIENCE_MILLIS);
    return Math.max(SHORTEST_PATIENCE_MILLIS, Math.min(LONGEST_PATIENCE_MILLIS, wish));
  }

  /**
   * After how long a caller may ask again for what was not done.
   *
   * @param knownMillis after how long somebody can be asked; 0 if nobody knows
   */
  static long askAgainMillis(long knownMillis) {
    return knownMillis > 0 ? knownMillis : SHORTEST_PATIENCE_MILLIS;
  }

  /**
   * The wait before what may be left at a provider is looked for, or undone, once more: 1 s,
   * doubling up to 60 s.
   *
   * @param before how many times that was done
   */
  public static long watchMillis(int before) {
    return doubled(LOOK_UP_MILLIS, before, LONGEST_WATCH_MILLIS);
  }

  /**
   * The wait before an operation goes on whose change the ledger has refused: 5 s, doubling up to 5
   * min.
   *
   * @param before how many times that was so
   */
  static long refusedMillis(int before) {
    return doubled(SHORTEST_PATIENCE_MILLIS, before, LONGEST_REFUSED_MILLIS);
  }

  private static long doubled(long first, int times, long most) {
    return Math.min(most, first << Math.min(times, MAX_SHIFT));
  }
}

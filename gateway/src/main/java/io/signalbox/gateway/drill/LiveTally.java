package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.DrillMessages.DrillAttempt;
import io.signalbox.gateway.bus.ScoringMessages;
import io.signalbox.scoring.AttemptResult;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts while a provider is withheld, and says when the drill has to end. Pure and
 * bounded; thread-confined.
 */
final class LiveTally {
  /** So many attempts that say something must have ended before their failures are judged. */
  static final int FEWEST_JUDGED = 10;

  /** One or two failures are no trend, whatever their share. */
  static final int FEWEST_FAILURES = 3;

  private static final int LATENCIES = 10_000;

  private final double failureShareBefore;
  private final double maxIncrease;
  private final Group withheld = new Group();
  private final Group rest = new Group();
  private final Map<String, Integer> wentTo = new TreeMap<>();
  private int spared;

  /**
   * Begins to count.
   *
   * @param failureShareBefore share of failed attempts on the provider's channels before the drill
   * @param maxIncrease by how much it may rise
   */
  LiveTally(double failureShareBefore, double maxIncrease) {
    this.failureShareBefore = failureShareBefore;
    this.maxIncrease = maxIncrease;
  }

  void attempt(DrillAttempt attempt) {
    (attempt.withheld() ? withheld : rest).add(attempt);
    if (attempt.withheld()) {
      wentTo.merge(attempt.provider(), 1, Integer::sum);
    }
  }

  /** A notification got the provider after all, because nobody else could take it. */
  void spared() {
    spared++;
  }

  int withheldAttempts() {
    return withheld.attempts;
  }

  /** Why the drill has to end now; null if it may go on. */
  @Nullable String alarm() {
    if (spared > 0) {
      return "no_other_provider_could_take_it";
    }
    if (withheld.hasRisen(Math.max(failureShareBefore, rest.share()) + maxIncrease)) {
      return "errors_rose_where_it_was_withheld";
    }
    Group all = withheld.and(rest);
    return all.hasRisen(failureShareBefore + maxIncrease) ? "errors_rose_on_the_channel" : null;
  }

  /** Whether the withheld ones did as well as the rest, within what was allowed. */
  boolean isAsGood() {
    return withheld.share() <= Math.max(failureShareBefore, rest.share()) + maxIncrease;
  }

  JsonObject toJson() {
    JsonObject places = new JsonObject();
    wentTo.forEach(places::put);
    return new JsonObject()
        .put("failure_share_before", rounded(failureShareBefore))
        .put("withheld", withheld.toJson().put("went_to", places))
        .put("rest", rest.toJson())
        .put("spared", spared);
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /** One side of the comparison. */
  private static final class Group {
    int attempts;
    int successes;
    int failures;
    private long[] latencies = new long[64];
    private int kept;

    void add(DrillAttempt attempt) {
      attempts++;
      AttemptResult result = ScoringMessages.resultOf(attempt.outcome());
      if (result == AttemptResult.FAILURE) {
        failures++;
      } else if (result == AttemptResult.SUCCESS) {
        successes++;
        keep(attempt.tookMillis());
      }
    }

    private void keep(long millis) {
      if (kept < LATENCIES) {
        if (kept == latencies.length) {
          latencies = Arrays.copyOf(latencies, Math.min(LATENCIES, kept * 2));
        }
        latencies[kept++] = millis;
      }
    }

    Group and(Group other) {
      Group both = new Group();
      both.successes = successes + other.successes;
      both.failures = failures + other.failures;
      return both;
    }

    double share() {
      int judged = successes + failures;
      return judged == 0 ? 0 : (double) failures / judged;
    }

    boolean hasRisen(double limit) {
      return successes + failures >= FEWEST_JUDGED
          && failures >= FEWEST_FAILURES
          && share() > limit;
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("attempts", attempts)
          .put("successes", successes)
          .put("failures", failures)
          .put("success_share", attempts == 0 ? null : rounded(1 - share()))
          .put("latency_ms", Spread.of(Arrays.copyOf(latencies, kept)));
    }
  }
}

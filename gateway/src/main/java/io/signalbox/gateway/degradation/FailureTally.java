package io.signalbox.gateway.degradation;

import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.Severity;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the attempts of one provider from one row of {@code failure_metrics} to the next. */
final class FailureTally {
  private final Map<FailureKind, Integer> kinds = new EnumMap<>(FailureKind.class);
  private int successes;
  private int failures;
  private int neutral;
  private Severity worst = Severity.LOW;

  void count(AttemptResult result, @Nullable FailureKind kind) {
    switch (result) {
      case SUCCESS -> successes++;
      case FAILURE -> failures++;
      case NEUTRAL -> neutral++;
    }
    if (kind != null) {
      kinds.merge(kind, 1, Integer::sum);
    }
  }

  boolean isEmpty() {
    return successes + failures + neutral == 0;
  }

  /** The row, after which counting begins anew. */
  FailureMetric take(String provider, long startMillis, long endMillis, Severity severity) {
    FailureMetric metric =
        new FailureMetric(
            provider,
            startMillis,
            endMillis,
            successes + failures + neutral,
            successes,
            failures,
            severity.compareTo(worst) > 0 ? severity.wireName() : worst.wireName(),
            kinds);
    worst = Severity.LOW;
    kinds.clear();
    successes = 0;
    failures = 0;
    neutral = 0;
    return metric;
  }

  /** Counts a row that was taken and could not be stored with the next one. */
  void giveBack(FailureMetric metric) {
    successes += metric.successes();
    failures += metric.failures();
    neutral += metric.requests() - metric.successes() - metric.failures();
    metric.kinds().forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
    Severity then = Severity.valueOf(metric.severity().toUpperCase(Locale.ROOT));
    worst = then.compareTo(worst) > 0 ? then : worst;
  }
}

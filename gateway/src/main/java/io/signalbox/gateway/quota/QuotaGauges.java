package io.signalbox.gateway.quota;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;

/** Tells how much of quotas is used. */
final class QuotaGauges {
  private QuotaGauges() {}

  /**
   * Makes the gauges.
   *
   * @param buckets those there are, always
   */
  static void register(MeterRegistry registry, Collection<QuotaBucket> buckets, Clock clock) {
    for (boolean ofKey : new boolean[] {false, true}) {
      Gauge.builder("signalbox.quota.used.ratio", () -> fullest(buckets, ofKey, clock))
          .description("The used part of the fullest quota that this gateway has to do with")
          .tag("of", ofKey ? "api_key" : "tenant")
          .register(registry);
    }
  }

  private static double fullest(Collection<QuotaBucket> buckets, boolean ofKeys, Clock clock) {
    LocalDate day = Period.day(clock.millis());
    return buckets.stream()
        .filter(bucket -> bucket.whose().apiKey().isEmpty() != ofKeys)
        .filter(bucket -> isOf(bucket.whose().period(), day))
        .mapToDouble(QuotaBucket::share)
        .max()
        .orElse(0);
  }

  private static boolean isOf(String period, LocalDate day) {
    return period.equals(Period.DAY.key(day)) || period.equals(Period.MONTH.key(day));
  }
}

package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;

/**
 * The last net under the number of series: what strangers can choose does not become a label, and
 * of what changes in the life of a gateway there are only so many.
 */
final class LabelLimits {
  /** More than all rooms together have of their own accord. */
  private static final int MOST = 300;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private LabelLimits() {}

  static void hold(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(
            // Clients may invent methods.
            MeterFilter.replaceTagValues("method", LabelLimits::method));
    for (String tag : new String[] {"provider", "plugin", "policy"}) {
      registry
          .config()
          .meterFilter(
              MeterFilter.maximumAllowableTags("signalbox", tag, MOST, MeterFilter.deny()));
    }
  }

  /** The method of a request as a label: one for all that are not well known. */
  static String method(String name) {
    return METHODS.contains(name) ? name : CountersByTag.OTHER;
  }
}

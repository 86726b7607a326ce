package io.signalbox.gateway.drill;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** The distribution of some durations, as reports show it. */
final class Spread {
  private Spread() {}

  /** Count, median, 95th percentile and maximum; only the count if there is none. */
  static JsonObject of(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    JsonObject json = new JsonObject().put("count", sorted.length);
    return sorted.length == 0
        ? json
        : json.put("p50", at(sorted, 0.5))
            .put("p95", at(sorted, 0.95))
            .put("max", sorted[sorted.length - 1]);
  }

  private static long at(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}

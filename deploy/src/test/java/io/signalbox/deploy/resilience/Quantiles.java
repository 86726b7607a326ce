package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Median and 99th percentile of some durations in milliseconds; null of none. */
record Quantiles(Long p50, Long p99) {

  static Quantiles of(List<Long> durations) {
    List<Long> sorted = durations.stream().sorted().toList();
    return new Quantiles(at(sorted, 0.5), at(sorted, 0.99));
  }

  private static Long at(List<Long> sorted, double share) {
    return sorted.isEmpty() ? null : sorted.get((int) ((sorted.size() - 1) * share));
  }

  JsonObject toJson() {
    return new JsonObject().put("p50", p50).put("p99", p99);
  }
}

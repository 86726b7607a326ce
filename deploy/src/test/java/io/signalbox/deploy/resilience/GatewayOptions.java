package io.signalbox.deploy.resilience;

import io.signalbox.deploy.GatewaySettings;
import java.util.Map;

/**
 * How the gateway is set up for the suite.
 *
 * @param attemptTimeout of every provider
 * @param values keys of the configuration that are not left at their defaults
 */
record GatewayOptions(String attemptTimeout, Map<String, String> values) {

  /** Copies the map. */
  GatewayOptions {
    values = Map.copyOf(values);
  }

  /** Defaults throughout, but for the one that makes recovery fall within a run of a minute. */
  static GatewayOptions ofMinute() {
    return new GatewayOptions("2s", Map.of("breaker.recovery_timeout", "5s"));
  }

  /** A tenth of it all, for runs of a few seconds. */
  static GatewayOptions ofSeconds() {
    return new GatewayOptions(
        "500ms",
        Map.of(
            "breaker.recovery_timeout", "500ms",
            "unknown.failover_after", "500ms",
            "unknown.wait_for", "2s",
            "dispatch.retry_base", "200ms",
            "dispatch.sweep_interval", "200ms"));
  }

  GatewaySettings applyTo(GatewaySettings settings) {
    GatewaySettings all = settings.withAttemptTimeout(attemptTimeout);
    for (Map.Entry<String, String> value : values.entrySet()) {
      all = all.with(value.getKey(), value.getValue());
    }
    return all;
  }
}

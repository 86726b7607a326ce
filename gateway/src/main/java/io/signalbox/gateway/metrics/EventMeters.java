package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What is rare: callbacks, and replacements of plugins. Thread-safe. */
public final class EventMeters {
  private final CountersByTag callbacks;
  private final CountersByTag swaps;
  private final Counter disabled;

  EventMeters(MeterRegistry registry) {
    callbacks =
        new CountersByTag(
                registry,
                "signalbox.callbacks",
                "Attempts at callback endpoints that have ended",
                "result")
            .with(List.of("delivered", "retry", "failed"));
    swaps =
        new CountersByTag(
                registry,
                "signalbox.plugin.swaps",
                "Replacements of providers, by what came of them",
                "outcome")
            .with(List.of("swapped", "kept_back", "failed", "canary", "rolled_back", "abandoned"));
    disabled =
        Counter.builder("signalbox.callbacks.disabled")
            .description("Callback endpoints that were disabled: gone, or failing for too long")
            .register(registry);
  }

  /**
   * An attempt at a callback endpoint ended.
   *
   * @param result a short lower-case word: delivered, retry, failed
   */
  public void callback(String result) {
    callbacks.of(result).increment();
  }

  /** A callback endpoint was disabled because it is gone or failed for too long. */
  public void callbackDisabled() {
    disabled.increment();
  }

  /**
   * A provider was to be replaced.
   *
   * @param outcome a short lower-case word: swapped, kept_back, failed, canary, rolled_back,
   *     abandoned
   */
  public void pluginSwap(String outcome) {
    swaps.of(outcome).increment();
  }
}

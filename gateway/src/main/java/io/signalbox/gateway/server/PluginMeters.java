package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.guard.Blockage;
import io.signalbox.gateway.guard.GuardListener;
import io.signalbox.gateway.guard.PluginFailedException;
import io.signalbox.spi.OutcomeKind;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one provider's plugin behaves, as meters and in the log. The gauge of a blocked thread is
 * there while one is blocked, so that none is left of a provider that is gone. Thread-safe.
 */
final class PluginMeters implements GuardListener {
  private static final Logger LOG = LoggerFactory.getLogger(PluginMeters.class);
  private static final String PROVIDER = "provider";

  private final MeterRegistry registry;
  private final String provider;
  private final Consumer<Blockage> stopper;
  private @Nullable Gauge blocked;

  PluginMeters(MeterRegistry registry, String provider, Consumer<Blockage> stopper) {
    this.registry = registry;
    this.provider = provider;
    this.stopper = stopper;
  }

  @Override
  public void failed(String call, PluginFailedException failure) {
    counter("signalbox.plugin.failures", "Calls of a plugin that threw", "call", call).increment();
    LOG.warn("provider {}: its plugin failed in {}", provider, failure.getMessage());
  }

  @Override
  public void withdrawn() {
    counter("signalbox.plugin.calls.withdrawn", "Calls of a plugin that were given up").increment();
  }

  @Override
  public void answeredLate(OutcomeKind outcome) {
    counter(
            "signalbox.plugin.answers.late",
            "Answers of a plugin that came after the attempt's deadline",
            "outcome",
            outcome.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public synchronized void blocked(Blockage blockage) {
    counter("signalbox.plugin.blockages", "How often a plugin has blocked its thread").increment();
    blocked =
        Gauge.builder("signalbox.plugin.blocked", () -> 1)
            .description("1 while a plugin blocks its thread; absent else")
            .tag(PROVIDER, provider)
            .tag("plugin", blockage.plugin())
            .register(registry);
  }

  @Override
  public synchronized void unblocked() {
    if (blocked != null) {
      registry.remove(blocked);
      blocked = null;
    }
  }

  @Override
  public void pastLimit(Blockage blockage) {
    counter("signalbox.plugin.stops", "How often a plugin was stopped for blocking its thread")
        .increment();
    stopper.accept(blockage);
  }

  /** What is rare: found anew each time. */
  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name)
        .description(description)
        .tag(PROVIDER, provider)
        .tags(tags)
        .register(registry);
  }
}

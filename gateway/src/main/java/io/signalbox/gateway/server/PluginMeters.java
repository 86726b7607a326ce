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
    registry.counter("signalbox.plugin.failures", PROVIDER, provider, "call", call).increment();
    LOG.warn("provider {}: its plugin failed in {}", provider, failure.getMessage());
  }

  @Override
  public void withdrawn() {
    counter("signalbox.plugin.calls.withdrawn").increment();
  }

  @Override
  public void answeredLate(OutcomeKind outcome) {
    registry
        .counter(
            "signalbox.plugin.answers.late",
            PROVIDER,
            provider,
            "outcome",
            outcome.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public synchronized void blocked(Blockage blockage) {
    counter("signalbox.plugin.blockages").increment();
    blocked =
        Gauge.builder("signalbox.plugin.blocked", () -> 1)
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
    counter("signalbox.plugin.stops").increment();
    stopper.accept(blockage);
  }

  private Counter counter(String name) {
    return registry.counter(name, PROVIDER, provider);
  }
}

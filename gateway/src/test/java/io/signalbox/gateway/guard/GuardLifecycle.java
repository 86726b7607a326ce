package io.signalbox.gateway.guard;

import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderLifecycle;
import io.signalbox.loader.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs guarded providers as a plugins folder asks, and nothing else of a gateway. */
final class GuardLifecycle implements ProviderLifecycle {
  final Map<String, GuardedProvider> running = new ConcurrentHashMap<>();
  private final ProviderGuards guards =
      new ProviderGuards(
          new GuardSettings(
              Vertx::vertx,
              Duration.ofSeconds(5),
              Duration.ofSeconds(60),
              false,
              id -> new SilentGuard()),
          Clock.systemUTC());

  @Override
  public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
    return guards
        .open(definition, plugin, "http://localhost/")
        .compose(
            provider -> {
              GuardedProvider before = running.put(definition.id(), provider);
              return before == null ? Future.succeededFuture() : before.close();
            });
  }

  @Override
  public Future<Void> stop(String providerId) {
    GuardedProvider provider = running.remove(providerId);
    return provider == null ? Future.succeededFuture() : provider.close();
  }

  @Override
  public void refused(Refusal refusal) {
    throw new AssertionError(refusal.reason());
  }
}

package io.signalbox.gateway.plugins;

import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderLifecycle;
import io.signalbox.loader.Refusal;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs providers by noting the version of their plugin; no provider runs on some versions. */
public final class NotedProviders implements ProviderLifecycle {
  /** Versions of the plugin that no provider runs on. */
  public final Set<String> unfit = ConcurrentHashMap.newKeySet();

  /** Which version each provider runs on. */
  public final Map<String, String> running = new ConcurrentHashMap<>();

  @Override
  public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
    if (unfit.contains(plugin.version())) {
      return Future.failedFuture("its self-check failed");
    }
    running.put(definition.id(), plugin.version());
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> stop(String providerId) {
    running.remove(providerId);
    return Future.succeededFuture();
  }

  @Override
  public void refused(Refusal refusal) {
    // Shown by the folder's status too.
  }
}

package io.signalbox.gateway.guard;

import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes plugins' providers, each guarded from the first call on. Thread-safe. */
public final class ProviderGuards {
  private static final Duration CREATE_TIMEOUT = Duration.ofSeconds(20);

  private final GuardSettings settings;
  private final Clock clock;

  /** Makes none yet. */
  public ProviderGuards(GuardSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** What a factory gave: a provider, or the mistakes of its configuration. */
  private record Made(@Nullable Provider provider, List<ConfigProblem> problems) {}

  /**
   * Makes a provider on threads of its own. Takes some milliseconds of the caller's thread.
   *
   * @return fails with a {@link ConfigException} if its configuration has mistakes, or with a
   *     {@link PluginFailedException}; completes on any thread
   */
  public Future<GuardedProvider> open(
      ProviderDefinition definition, LoadedPlugin plugin, String webhookUrl) {
    return ProviderCell.open(definition.id(), plugin.classLoader(), settings.vertx())
        .compose(
            cell ->
                create(definition, plugin, webhookUrl, cell)
                    .recover(
                        failure -> {
                          cell.thread().interrupt();
                          // Nobody waits for it: it may never come back.
                          cell.close();
                          return Future.failedFuture(failure);
                        }));
  }

  private Future<GuardedProvider> create(
      ProviderDefinition definition, LoadedPlugin plugin, String webhookUrl, ProviderCell cell) {
    String id = definition.id();
    GuardListener listener = settings.listeners().apply(id);
    PluginCalls calls = new PluginCalls(cell, listener);
    return calls
        .call(
            "create",
            CREATE_TIMEOUT,
            () ->
                Future.succeededFuture(
                    make(
                        plugin,
                        new ProviderContext(
                            id, cell.vertx(), config(definition), clock, webhookUrl))))
        .timeout(CREATE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .compose(made -> usable(made))
        .map(
            provider -> {
              ThreadWatch watch =
                  new ThreadWatch(id, plugin.title(), settings, cell.thread(), cell::run);
              return new GuardedProvider(id, plugin, provider, cell, calls, watch, listener);
            });
  }

  private ConfigReader config(ProviderDefinition definition) {
    return new ConfigReader(
        definition.config(),
        "config.",
        settings.literalSecrets() ? Set.of() : definition.literals());
  }

  private static Made make(LoadedPlugin plugin, ProviderContext context) {
    try {
      return new Made(plugin.factory().create(context), List.of());
    } catch (ConfigException e) {
      // Only the text: an exception that was thrown by a plugin holds its classes.
      return new Made(null, e.problems());
    }
  }

  private static Future<Provider> usable(Made made) {
    if (!made.problems().isEmpty()) {
      return Future.failedFuture(new ConfigException(made.problems()));
    }
    Provider provider = made.provider();
    return provider == null
        ? Future.failedFuture(PluginFailedException.of("create", "returned null"))
        : Future.succeededFuture(provider);
  }
}

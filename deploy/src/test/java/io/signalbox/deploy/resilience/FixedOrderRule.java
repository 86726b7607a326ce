package io.signalbox.deploy.resilience;

import io.signalbox.deploy.resilience.ProviderWire.End;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The first provider, up to three times with a growing, jittered pause; then the next one likewise.
 * One that throttles is left at once, because its hint is longer than the patience here. When the
 * last has failed, the mail is given up: an application without a queue on disk has nothing else.
 */
final class FixedOrderRule implements SendingRule {
  private static final int TRIES = 3;
  private static final long FIRST_PAUSE_MILLIS = 500;

  private final List<ProviderWire> providers;
  private final Random random;

  FixedOrderRule(List<ProviderWire> providers, Random random) {
    this.providers = List.copyOf(providers);
    this.random = random;
  }

  @Override
  public String name() {
    return "fixed-order";
  }

  @Override
  public CompletableFuture<Boolean> send(
      JsonObject mail, Function<ProviderWire, CompletableFuture<End>> attempt) {
    return send(attempt, 0, 1);
  }

  private CompletableFuture<Boolean> send(
      Function<ProviderWire, CompletableFuture<End>> attempt, int provider, int tryNumber) {
    if (provider == providers.size()) {
      return CompletableFuture.completedFuture(false);
    }
    return attempt
        .apply(providers.get(provider))
        .thenCompose(
            end ->
                switch (end) {
                  case SENT -> CompletableFuture.completedFuture(true);
                  case REFUSED -> CompletableFuture.completedFuture(false);
                  case THROTTLED -> send(attempt, provider + 1, 1);
                  case FAILED ->
                      tryNumber == TRIES
                          ? send(attempt, provider + 1, 1)
                          : new CompletableFuture<Boolean>()
                              .completeOnTimeout(true, pause(tryNumber), TimeUnit.MILLISECONDS)
                              .thenCompose(over -> send(attempt, provider, tryNumber + 1));
                });
  }

  /** Half of it is fixed, half is chance. */
  private long pause(int tryNumber) {
    long whole = FIRST_PAUSE_MILLIS << (tryNumber - 1);
    return whole / 2 + random.nextInt((int) (whole / 2));
  }

  @Override
  public void close() {
    // Nothing runs beside the mails.
  }
}

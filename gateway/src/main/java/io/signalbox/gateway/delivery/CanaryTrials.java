package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.TakeOver;
import io.signalbox.gateway.config.PluginsSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trials of replacements that get a share of the traffic, one a provider. Thread-safe. */
final class CanaryTrials {
  private static final Logger LOG = LoggerFactory.getLogger(CanaryTrials.class);
  private static final Duration TAKE_OVER_TIMEOUT = Duration.ofSeconds(10);
  private static final Future<Object> DONE = Future.succeededFuture();
  private static final int HTTP_TIMEOUT = 504;
  private static final double PERCENT = 100;

  private final Vertx vertx;
  private final DeliveryServices services;
  private final Map<String, CanaryRun> runs = new ConcurrentHashMap<>();

  CanaryTrials(Vertx vertx, DeliveryServices services) {
    this.vertx = vertx;
    this.services = services;
  }

  /**
   * Has a generation that runs tried beside the one before, and told to take over.
   *
   * @return fails as {@link CanaryRun#verdict()} does if it is not to take over, and if it refuses
   */
  Future<Void> run(ProviderSetup before, ProviderSetup now) {
    PluginsSettings.Canary settings = services.config().plugins().canary();
    String id = now.id();
    LOG.info(
        "provider {} tries plugin version {} with {}% of its attempts",
        id, now.plugin().version(), Math.round(PERCENT * settings.share()));
    CanaryRun run = new CanaryRun(vertx, settings, before.tally(), now.tally(), services.clock());
    runs.put(id, run);
    return run.verdict()
        .compose(good -> takeOver(now))
        .onComplete(over -> runs.remove(id))
        .mapEmpty();
  }

  private Future<Object> takeOver(ProviderSetup now) {
    return services
        .bus()
        .request(
            Addresses.provider(now.id(), now.generation()),
            new TakeOver(),
            Controlled.class,
            TAKE_OVER_TIMEOUT)
        .<Object>mapEmpty()
        .recover(failure -> isLate(failure) ? DONE : Future.failedFuture(failure));
  }

  /** It was told, and takes over as soon as it comes to it: it must not be taken away then. */
  private static boolean isLate(Throwable failure) {
    return failure instanceof GatewayException refused && refused.status() == HTTP_TIMEOUT;
  }

  /** Ends a trial, if there is one, without a verdict of its own. */
  void abandon(String provider, String reason) {
    CanaryRun run = runs.get(provider);
    if (run != null) {
      run.abandon(reason);
    }
  }

  /** Ends all trials. */
  void abandonAll(String reason) {
    runs.values().forEach(run -> run.abandon(reason));
  }
}

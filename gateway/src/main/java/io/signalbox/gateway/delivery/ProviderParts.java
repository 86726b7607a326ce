package io.signalbox.gateway.delivery;

import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.StatusLookup;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one generation of a provider is made of, once it is started.
 *
 * @param lookups null if it cannot be asked what became of an attempt
 */
record ProviderParts(
    Provider provider,
    SelfCheck check,
    BreakerEngine breaker,
    ProviderNews news,
    DeliveryDesk desk,
    OperatorCommands commands,
    @Nullable LookupDesk lookups) {

  /**
   * Makes them; runs code of the plugin. Called on the context of the generation's verticle.
   *
   * @param moved hears of the breaker's transitions
   * @param checked hears how checks went that operators asked for
   * @param changed called when operators have changed something
   */
  static ProviderParts make(
      Vertx vertx,
      ProviderSetup setup,
      DeliveryServices services,
      DrainWish wish,
      BreakerEngine.Listener moved,
      Consumer<CheckResult> checked,
      Runnable changed) {
    String id = setup.id();
    Provider provider = created(vertx, setup, services);
    BreakerSettings settings = BreakerSetup.settings(services.config(), setup.definition());
    BreakerEngine breaker =
        new BreakerEngine(
            vertx, id, settings, setup.definition().timeout(), services.clock(), moved);
    LookupDesk lookups =
        provider instanceof StatusLookup askable
            ? new LookupDesk(vertx, id, askable, services.config().lookup(), services.clock())
            : null;
    SelfCheck check = new SelfCheck(vertx, provider, services.config().plugins().checkTimeout());
    return new ProviderParts(
        provider,
        check,
        breaker,
        new ProviderNews(setup, lookups != null, settings.halfOpenMaxTrials()),
        new DeliveryDesk(vertx, setup, provider, breaker, services.bus(), services.clock()),
        new OperatorCommands(
            id,
            breaker,
            wish,
            () -> check.ask().onSuccess(checked::accept),
            changed,
            services.bus(),
            services.clock()),
        lookups);
  }

  private static Provider created(Vertx vertx, ProviderSetup setup, DeliveryServices services) {
    return setup
        .plugin()
        .factory()
        .create(
            new ProviderContext(
                setup.id(),
                vertx,
                new ConfigReader(setup.definition().config(), "config."),
                services.clock(),
                setup.webhookUrl()));
  }
}

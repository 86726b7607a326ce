package io.signalbox.gateway.delivery;

import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.StatusLookup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one generation of a provider is made of, once it is started.
 *
 * @param lookups null if it cannot be asked what became of an attempt
 */
record ProviderParts(
    SelfCheck check,
    BreakerEngine breaker,
    ProviderNews news,
    DeliveryDesk desk,
    OperationDesk operations,
    OperatorCommands commands,
    @Nullable LookupDesk lookups) {

  /**
   * Makes them. Called on the context of the generation's verticle.
   *
   * @param moved hears of the breaker's transitions
   * @param checked hears how checks went that operators asked for
   * @param changed called when operators have changed something
   */
  static ProviderParts make(
      Vertx vertx,
      ProviderSetup setup,
      GuardedProvider provider,
      DeliveryServices services,
      DrainWish wish,
      BreakerEngine.Listener moved,
      Consumer<CheckResult> checked,
      Runnable changed) {
    String id = setup.id();
    BreakerSettings settings = BreakerSetup.settings(services.config(), setup.definition());
    BreakerEngine breaker =
        new BreakerEngine(
            vertx, id, settings, setup.definition().timeout(), services.clock(), moved);
    LookupDesk lookups =
        provider.can(StatusLookup.class)
            ? new LookupDesk(vertx, id, provider, services.config().lookup(), services.clock())
            : null;
    SelfCheck check = new SelfCheck(vertx, provider, services.config().plugins().checkTimeout());
    return new ProviderParts(
        check,
        breaker,
        new ProviderNews(setup, lookups != null, settings.halfOpenMaxTrials()),
        new DeliveryDesk(vertx, setup, provider, breaker, services),
        new OperationDesk(vertx, setup, provider, breaker, services),
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

  /** As {@link DeliveryDesk#drained}, of all that is under way. */
  Future<Void> drained(Supplier<Duration> longest) {
    return Future.join(desk.drained(longest), operations.drained(longest)).mapEmpty();
  }

  /** As {@link DeliveryDesk#cut}, of all that is under way. */
  Future<Void> cut() {
    return Future.join(desk.cut(), operations.cut()).mapEmpty();
  }

  /** Nothing is asked any more. */
  void close() {
    breaker.close();
    if (lookups != null) {
      lookups.close();
    }
  }
}

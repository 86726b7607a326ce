package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts questions about statuses to one provider: at its rate, with a bound on how many wait and on
 * how long one takes. Nothing here counts for or against the provider. Used on one context.
 */
final class LookupDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LookupDesk.class);

  private final String provider;
  private final StatusLookup target;
  private final long timeoutMillis;
  private final Turns turns;

  LookupDesk(
      Vertx vertx,
      String provider,
      StatusLookup target,
      GatewayConfig.Lookup settings,
      Clock clock) {
    this.provider = provider;
    this.target = target;
    this.timeoutMillis = settings.timeout().toMillis();
    this.turns = new Turns(vertx, settings.ratePerSecond(), timeoutMillis, clock);
  }

  /** Asks, or says that it was not asked. The Future never fails. */
  Future<LookedUp> lookUp(StatusQuery query) {
    return turns
        .next()
        .compose(
            given ->
                given
                    ? ask(query)
                    : Future.succeededFuture(LookedUp.without(LookUpAnswer.NOT_ASKED)));
  }

  /** Nobody waits in vain: whoever waits is told that the provider was not asked. */
  void close() {
    turns.close();
  }

  private Future<LookedUp> ask(StatusQuery query) {
    // A plugin may throw instead of failing, and may never answer.
    return Future.succeededFuture()
        .compose(now -> target.lookUp(query))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .map(LookupDesk::lookedUp)
        .otherwise(
            failure -> {
              LOG.debug("a look-up at {} failed: {}", provider, failure.toString());
              return LookedUp.without(LookUpAnswer.FAILED);
            });
  }

  private static LookedUp lookedUp(Optional<Receipt> said) {
    return said.map(receipt -> new LookedUp(LookUpAnswer.FOUND, receipt))
        .orElseGet(() -> LookedUp.without(LookUpAnswer.NOT_FOUND));
  }
}

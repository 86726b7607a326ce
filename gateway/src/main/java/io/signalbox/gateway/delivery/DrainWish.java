package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.DrainWished;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an operator wants a provider out of service. The wish belongs to the provider, not to one
 * generation: it is stored, and whichever generation was told of it, all that run know it. So it is
 * not lost while one generation replaces another. Thread-confined.
 */
final class DrainWish {
  private static final Logger LOG = LoggerFactory.getLogger(DrainWish.class);

  private final Bus bus;
  private final ProviderLedger ledger;
  private final String provider;
  private final Runnable changed;
  private @Nullable Boolean drained;

  /**
   * Makes one that knows nothing yet.
   *
   * @param changed called when the wish has changed after {@link #read}
   */
  DrainWish(Bus bus, ProviderLedger ledger, String provider, Runnable changed) {
    this.bus = bus;
    this.ledger = ledger;
    this.provider = provider;
    this.changed = changed;
  }

  /**
   * Listens, on the context of the caller, and reads what is stored. Without an answer the provider
   * stays out of service: an operator's wish is not forgotten by accident.
   *
   * @return when it is known; does not fail
   */
  Future<Void> read() {
    // Before reading: what is stored from now on is heard.
    bus.listen(
        Addresses.PROVIDERS_DRAIN,
        DrainWished.class,
        wished -> {
          if (wished.provider().equals(provider)) {
            heard(wished.drained());
          }
        });
    return ledger
        .drained()
        .map(all -> all.contains(provider))
        .otherwise(
            failure -> {
              LOG.error(
                  "provider {} is drained, because it could not be read whether it should be: {}",
                  provider,
                  failure.toString());
              return true;
            })
        .map(
            stored -> {
              if (drained == null) {
                drained = stored;
              }
              return null;
            });
  }

  /** Whether it is to get no new work. */
  boolean isDrained() {
    return drained == null || drained;
  }

  /** Stores a wish, and tells it to all generations: it is to outlive this one. */
  Future<Void> set(boolean wished, String actor, long nowMillis) {
    return ledger
        .drain(provider, wished, actor, nowMillis)
        .onSuccess(
            stored -> {
              heard(wished);
              bus.publish(Addresses.PROVIDERS_DRAIN, new DrainWished(provider, wished));
            });
  }

  private void heard(boolean wished) {
    if (drained == null || drained != wished) {
      drained = wished;
      changed.run();
    }
  }
}

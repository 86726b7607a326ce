package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database rings for, by LISTEN, on a connection of its own that is made again when it is
 * lost. Bells may be missed meanwhile: they ring once more when it is back.
 */
final class PgBells {
  /** Rung for whenever preferences were changed, by whatever way. */
  static final String PREFERENCES = "signalbox_preferences";

  private static final Logger LOG = LoggerFactory.getLogger(PgBells.class);
  private static final long AGAIN_MILLIS = 500;

  private final PgSubscriber subscriber;
  private final AtomicBoolean connected = new AtomicBoolean();

  PgBells(Vertx vertx, PostgresOptions options) {
    this.subscriber =
        PgSubscriber.subscriber(vertx, options.connect()).reconnectPolicy(tries -> AGAIN_MILLIS);
  }

  /** Has a bell rung for a channel. */
  void listen(String channel, Runnable bell) {
    subscriber
        .channel(channel)
        .subscribeHandler(listening -> bell.run())
        .handler(payload -> bell.run());
    if (connected.compareAndSet(false, true)) {
      subscriber
          .connect()
          .onFailure(e -> LOG.warn("the database rings for nobody yet: {}", e.getMessage()));
    }
  }

  void close() {
    if (connected.get()) {
      subscriber.close().onFailure(e -> LOG.debug("bells were not taken down: {}", e.getMessage()));
    }
  }
}

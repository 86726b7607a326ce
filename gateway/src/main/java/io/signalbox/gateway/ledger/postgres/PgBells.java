package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
  private final Vertx vertx;
  private final AtomicLong again = new AtomicLong(-1);
  private volatile boolean closed;

  PgBells(Vertx vertx, PostgresOptions options) {
    this.vertx = vertx;
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
      connect();
    }
  }

  /** The subscriber comes back by itself only after it has been connected once. */
  private void connect() {
    if (closed) {
      return;
    }
    subscriber
        .connect()
        .onFailure(
            e -> {
              Level level = again.get() < 0 ? Level.WARN : Level.DEBUG;
              LOG.atLevel(level).log("the database rings for nobody yet: {}", e.getMessage());
              again.set(vertx.setTimer(AGAIN_MILLIS, timer -> connect()));
            });
  }

  void close() {
    closed = true;
    vertx.cancelTimer(again.get());
    if (connected.get()) {
      subscriber.close().onFailure(e -> LOG.debug("bells were not taken down: {}", e.getMessage()));
    }
  }
}

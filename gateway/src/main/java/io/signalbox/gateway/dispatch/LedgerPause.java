package io.signalbox.gateway.dispatch;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps work back for a moment after the ledger could not take a change. Thread-confined. */
final class LedgerPause {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerPause.class);
  private static final long MILLIS = 500;

  private final Vertx vertx;
  private final Runnable over;
  private boolean on;

  /**
   * Makes a pause that is not on.
   *
   * @param over called each time that a pause is over
   */
  LedgerPause(Vertx vertx, Runnable over) {
    this.vertx = vertx;
    this.over = over;
  }

  boolean isOn() {
    return on;
  }

  /** Begins a pause, unless one is on. */
  void begin(String what, Throwable failure) {
    if (on) {
      return;
    }
    LOG.warn(
        "the ledger could not take {}; work pauses for {} ms: {}",
        what,
        MILLIS,
        failure.toString());
    on = true;
    // Ends with the verticle's context.
    vertx.setTimer(
        MILLIS,
        end -> {
          on = false;
          over.run();
        });
  }
}

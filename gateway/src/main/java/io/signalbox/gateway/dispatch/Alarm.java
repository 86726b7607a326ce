package io.signalbox.gateway.dispatch;

import io.vertx.core.Vertx;

/** Rings once, soon. Thread-confined. */
final class Alarm {
  private static final long NONE = -1;

  /** What is due later than this is left to the regular tick. */
  private static final long SOON_MILLIS = 250;

  private final Vertx vertx;
  private final Runnable bell;
  private long timer = NONE;

  Alarm(Vertx vertx, Runnable bell) {
    this.vertx = vertx;
    this.bell = bell;
  }

  /** Rings after so many milliseconds, if that is soon and it is not set already. */
  void at(long delayMillis) {
    if (timer == NONE && delayMillis < SOON_MILLIS) {
      timer = vertx.setTimer(Math.max(1, delayMillis), ring -> ring());
    }
  }

  private void ring() {
    timer = NONE;
    bell.run();
  }

  /** Rings no more, unless it is set again. */
  void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}

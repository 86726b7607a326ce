package io.signalbox.gateway.rate;

import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.vertx.core.Future;

/** What a node keeps to the rates of providers together with: other nodes, or nobody. */
public interface RateDesk {
  /** Of a node that is alone. */
  RateDesk ALONE =
      new RateDesk() {
        @Override
        public boolean isShared() {
          return false;
        }

        @Override
        public int nodes() {
          return 1;
        }

        @Override
        public Future<PermitsTaken> take(TakePermits wish) {
          return Future.failedFuture("nothing is shared");
        }

        @Override
        public void later(long millis, Runnable todo) {
          // Nobody waits for what is never to be had.
        }

        @Override
        public void given() {
          // Never.
        }

        @Override
        public void coolsDown(String provider, long untilMillis) {
          // There is nobody to tell.
        }
      };

  /** Whether permits are to be had from what all nodes share. */
  boolean isShared();

  /** How many nodes live, as last known. */
  int nodes();

  /** Takes permits from what is shared; fails while that cannot be reached. */
  Future<PermitsTaken> take(TakePermits wish);

  /** Does something after a while. */
  void later(long millis, Runnable todo);

  /** There are permits where there were none, perhaps. */
  void given();

  /** Tells the others that a provider wants no work until then, epoch milliseconds. */
  void coolsDown(String provider, long untilMillis);
}

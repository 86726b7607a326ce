package io.signalbox.loader;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the folder's thread; rings before it listens are not lost, many count as one. */
final class Doorbell {
  private final Semaphore rings = new Semaphore(0);

  /** Wakes whoever listens, now or at the next time. */
  void ring() {
    if (rings.availablePermits() == 0) {
      rings.release();
    }
  }

  /** Waits for a ring, at most so long. */
  void await(long nanos) throws InterruptedException {
    if (rings.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      rings.drainPermits();
    }
  }
}

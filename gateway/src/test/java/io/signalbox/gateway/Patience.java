package io.signalbox.gateway;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait: for as long as a machine needs that stands still for some seconds. */
public final class Patience {
  /** For what must come, however busy the machine is. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private Patience() {}

  /** Begins to wait for a condition. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }

  /**
   * Begins to wait for a condition.
   *
   * @param what is waited for, told if it does not come
   */
  public static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(LIMIT);
  }

  /** Holds the thread of a task under test until the latch is open. */
  public static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the latch stayed closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

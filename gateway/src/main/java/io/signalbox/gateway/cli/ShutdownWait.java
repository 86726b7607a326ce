package io.signalbox.gateway.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Keeps a process running until it is told to end (SIGTERM, Ctrl-C), then lets it stop in order.
 */
final class ShutdownWait {
  private ShutdownWait() {}

  /**
   * Returns never in normal life: the process ends in its shutdown hook, after the stop or after
   * the limit.
   */
  static void untilStopped(Supplier<Future<Void>> stop, Duration limit)
      throws InterruptedException {
    Thread hook =
        new Thread(
            () -> {
              try {
                Waiting.upTo(limit, stop.get());
              } catch (CommandFailure e) {
                org.slf4j.LoggerFactory.getLogger(ShutdownWait.class)
                    .warn("the stop did not end cleanly: {}", e.getMessage());
              }
            },
            "signalbox-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    new CountDownLatch(1).await();
  }
}

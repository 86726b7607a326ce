package io.signalbox.gateway.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Keeps a process running until it is told to end (SIGTERM, Ctrl-C), then lets it stop in order. A
 * second signal ends it at once.
 */
final class ShutdownWait {
  /** What a shell makes of a process that SIGTERM has ended. */
  private static final int ENDED_BY_SIGNAL = 128 + 15;

  private final CountDownLatch told = new CountDownLatch(1);

  /** Of no context: there may be no event loop yet. */
  private final Promise<Void> wish = Promise.promise();

  private final boolean heard;

  private ShutdownWait() {
    heard = StopSignals.hear(this::tell);
  }

  /** Hears signals from now on, also while what is to be stopped still starts. */
  static ShutdownWait hear() {
    return new ShutdownWait();
  }

  private void tell() {
    if (told.getCount() == 0) {
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
    }
    told.countDown();
    wish.tryComplete();
  }

  /** Succeeds when the process is told to end. */
  Future<Void> wish() {
    return wish.future();
  }

  /**
   * Waits until a start is over, well or not, or the process is told to end before.
   *
   * @throws CommandFailure if that takes longer than the limit
   */
  void orStarted(Duration limit, Future<?> start) {
    Promise<Void> either = Promise.promise();
    wish().onComplete(ended -> either.tryComplete());
    start.onComplete(ended -> either.tryComplete());
    Waiting.upTo(limit, either.future());
  }

  /**
   * Returns when everything is stopped.
   *
   * @throws CommandFailure if the stop fails or takes longer than the limit
   */
  void untilStopped(Supplier<Future<Void>> stop, Duration limit) throws InterruptedException {
    if (!heard) {
      Runtime.getRuntime().addShutdownHook(hook(stop, limit));
    }
    told.await();
    Waiting.upTo(limit, stop.get());
  }

  private static Thread hook(Supplier<Future<Void>> stop, Duration limit) {
    return new Thread(
        () -> {
          try {
            Waiting.upTo(limit, stop.get());
          } catch (CommandFailure e) {
            LoggerFactory.getLogger(ShutdownWait.class)
                .warn("the stop did not end cleanly: {}", e.getMessage());
          }
        },
        "signalbox-stop");
  }
}

package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.ConfigurationException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on the main thread, the only one that may block. */
final class Waiting {
  private Waiting() {}

  /** Waits for so long. */
  static void pause(long millis) throws InterruptedException {
    // Nobody counts it down: the wait is the point.
    boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    if (never) {
      throw new IllegalStateException("nobody counts it down");
    }
  }

  /**
   * The future's result.
   *
   * @throws CommandFailure if it fails or takes too long
   * @throws ConfigurationException if it fails with that
   */
  static <T> T upTo(Duration limit, Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof ConfigurationException mistakes) {
        throw mistakes;
      }
      String message = cause.getMessage();
      throw new CommandFailure(ExitCodes.FAILED, message == null ? cause.toString() : message);
    } catch (TimeoutException e) {
      throw new CommandFailure(ExitCodes.FAILED, "took longer than " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.FAILED, "interrupted");
    }
  }
}

package io.signalbox.loader;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs code of a plugin on a thread that ends with it: what the code leaves on its thread goes, and
 * code that never comes back holds nobody up.
 */
final class PassingThread {
  private PassingThread() {}

  /**
   * Calls something and waits for it.
   *
   * @param loader the thread's context class loader
   * @throws IllegalStateException if it takes longer; the thread was interrupted then
   */
  static <T> T call(ClassLoader loader, Duration longest, Callable<T> code) throws Exception {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = new Thread(task, "signalbox-plugin-load");
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : e;
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new IllegalStateException("no answer within " + longest.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the gateway stops", e);
    }
  }
}

package io.signalbox.gateway.guard;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x instance of one generation of one provider: an event loop, workers, timers, clients,
 * shared data and an event bus that nobody else uses. What a plugin does to them harms no other
 * provider and nothing of the gateway, and closing the cell ends all of it, with what was kept on
 * its threads. Thread-safe.
 */
final class ProviderCell {
  private static final int WORKERS = 4;
  private static final int INTERNAL_WORKERS = 2;

  private final Vertx vertx;
  private final Context context;
  private final Thread thread;

  private ProviderCell(Vertx vertx, Context context, Thread thread) {
    this.vertx = vertx;
    this.context = context;
    this.thread = thread;
  }

  /**
   * Opens one. Takes some milliseconds of the caller's thread.
   *
   * @param provider the provider's id, which names the threads
   * @param loader the plugin's class loader: the context class loader of all that runs here
   * @param maker makes the Vert.x instance, such as one that reports metrics
   * @return completes on any thread
   */
  static Future<ProviderCell> open(
      String provider, ClassLoader loader, Function<VertxOptions, Vertx> maker) {
    Vertx vertx = maker.apply(options());
    Anchor anchor = new Anchor("signalbox-provider-" + provider);
    // Of no context: this one's event loop is gone when a failure is told.
    Promise<ProviderCell> opened = Promise.promise();
    vertx
        .deployVerticle(anchor, new DeploymentOptions().setClassLoader(loader))
        .onComplete(
            deployed -> opened.complete(anchor.cell(vertx)),
            failure -> vertx.close().onComplete(closed -> opened.fail(failure)));
    return opened.future();
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(INTERNAL_WORKERS)
        .setPreferNativeTransport(true)
        // A thread that a plugin never gives back must not hold up the end of the process.
        .setUseDaemonThread(true)
        // The watch here knows which plugin it is, and what to do.
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  Vertx vertx() {
    return vertx;
  }

  /** Its event loop, on which all of the plugin's calls run. */
  Thread thread() {
    return thread;
  }

  /** Runs something on its event loop, with the plugin's context class loader. */
  void run(Runnable action) {
    context.runOnContext(now -> action.run());
  }

  /** Ends its threads. The Future never completes if the plugin does not give one back. */
  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    vertx.close().onComplete(closed);
    return closed.future();
  }

  /** Fetches the context that has the plugin's class loader, and its thread. */
  private static final class Anchor extends VerticleBase {
    private final String name;
    private @Nullable Thread thread;

    private Anchor(String name) {
      this.name = name;
    }

    @Override
    public Future<?> start() {
      Thread current = Thread.currentThread();
      current.setName(name);
      thread = current;
      return Future.succeededFuture();
    }

    private ProviderCell cell(Vertx vertx) {
      Thread started = thread;
      if (started == null) {
        throw new IllegalStateException("deployed without a start");
      }
      return new ProviderCell(vertx, context, started);
    }
  }
}

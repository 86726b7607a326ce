package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what blocks on worker threads; a disk that fails is told as a refusal of status 503. */
final class Blocking {
  private static final Logger LOG = LoggerFactory.getLogger(Blocking.class);

  private final Vertx vertx;

  Blocking(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Work on files that has a result. */
  @FunctionalInterface
  interface Work<T> {
    T call() throws IOException;
  }

  /** Work on files without a result. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  <T> Future<T> call(Work<T> work) {
    return vertx.executeBlocking(
        () -> {
          try {
            return work.call();
          } catch (IOException e) {
            LOG.warn("a file of a plugin cannot be read or written", e);
            throw new GatewayException(503, "a file cannot be read or written: " + e);
          }
        },
        false);
  }

  Future<Void> run(Task task) {
    return call(() -> {
          task.run();
          return true;
        })
        .mapEmpty();
  }
}

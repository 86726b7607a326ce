package io.signalbox.gateway.server;

import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of the stop; its failure is told, and the next step follows all the same. */
final class StopStep {
  private static final Logger LOG = LoggerFactory.getLogger(StopStep.class);

  private StopStep() {}

  /** Stops a part, if it was started. */
  static <T> Future<Void> run(String name, @Nullable T part, Function<T, Future<Void>> stop) {
    if (part == null) {
      return Future.succeededFuture();
    }
    return stop.apply(part)
        .otherwise(
            failure -> {
              LOG.warn("{} did not stop cleanly: {}", name, failure.toString());
              return null;
            });
  }

  /** The same for a part that stops at once. */
  static <T> Future<Void> now(String name, @Nullable T part, Consumer<T> stop) {
    return run(
        name,
        part,
        open -> {
          stop.accept(open);
          return Future.succeededFuture();
        });
  }
}

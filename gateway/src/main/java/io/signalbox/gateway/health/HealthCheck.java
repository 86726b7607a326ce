package io.signalbox.gateway.health;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One question about a part.
 *
 * @param name of the part, such as {@code database}
 * @param timeout how long its answer is waited for; shorter than {@link HealthBoard#EVERY}
 * @param ask asks; called on an event loop, must not block, and is not called again while its
 *     answer is outstanding
 */
public record HealthCheck(String name, Duration timeout, Supplier<Future<CheckReport>> ask) {

  /** How long what is in memory may take to tell: no more than it takes to be called. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** A question that memory answers. */
  public static HealthCheck ofMemory(String name, Supplier<CheckReport> look) {
    return new HealthCheck(name, AT_ONCE, () -> Future.succeededFuture(look.get()));
  }
}

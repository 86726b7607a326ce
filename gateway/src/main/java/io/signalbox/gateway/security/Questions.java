package io.signalbox.gateway.security;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Questions that are asked once, however many wait for the answer, and of which only so many may be
 * under way. Their answers come on any thread. Thread-safe.
 *
 * @param <T> what the answers are
 */
public final class Questions<T> {
  private final int most;
  private final Map<Object, Future<T>> underWay = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param most how many may be under way; a few more may be for a moment
   */
  public Questions(int most) {
    this.most = most;
  }

  /**
   * Asks, unless that is under way.
   *
   * @param what is asked; equal ones are one question
   * @param question called at most once, on this thread
   * @return null if too many are under way
   */
  public @Nullable Future<T> ask(Object what, Supplier<Future<T>> question) {
    Future<T> same = underWay.get(what);
    if (same != null) {
      return same;
    }
    if (underWay.size() >= most) {
      return null;
    }
    Future<T> asked = question.get();
    underWay.put(what, asked);
    asked.onComplete(done -> underWay.remove(what, asked));
    return asked;
  }
}

package io.signalbox.loader;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Providers that are to be stopped soon, and not started again before their file or plugin changes.
 * Thread-safe.
 */
final class GivenUps {
  private final Queue<One> waiting = new ConcurrentLinkedQueue<>();

  /**
   * One of them.
   *
   * @param plugin name and version of the plugin that it must not run on any more
   */
  record One(String id, String plugin, String reason) {

    boolean isOf(LoadedPlugin other) {
      return plugin.equals(other.title());
    }

    Throwable cause() {
      return new IllegalStateException("stopped by the gateway: " + reason);
    }
  }

  void add(String id, String plugin, String reason) {
    waiting.add(new One(id, plugin, reason));
  }

  /** The next; null if there is none. */
  @Nullable One poll() {
    return waiting.poll();
  }
}

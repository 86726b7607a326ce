package io.signalbox.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Providers that are to be stopped soon, and not started again before their file or plugin changes.
 * Any thread may add to them; one takes them.
 */
final class GivenUps {
  private final Queue<One> waiting = new ConcurrentLinkedQueue<>();
  private final List<Meant> meant = new ArrayList<>();

  /** One of them, and what it was said of. */
  record Meant(One one, ProviderRuns.Run run) {}

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

  /**
   * Takes those that can be stopped now. Each is told once only: where a change of its provider is
   * under way, it waits for the end of that. Those whose plugin is gone already are forgotten.
   *
   * @param runs what runs under an id, and then what is being started
   * @param changing whether the provider of an id is being changed
   */
  List<Meant> take(Function<String, List<ProviderRuns.Run>> runs, Predicate<String> changing) {
    for (One next = waiting.poll(); next != null; next = waiting.poll()) {
      One one = next;
      runs.apply(one.id()).stream()
          .filter(run -> one.isOf(run.plugin()))
          .findFirst()
          .ifPresent(run -> meant.add(new Meant(one, run)));
    }
    List<Meant> now = meant.stream().filter(each -> !changing.test(each.one().id())).toList();
    meant.removeAll(now);
    return now;
  }
}

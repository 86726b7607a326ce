package io.signalbox.loader;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches that the class loaders of unloaded plugins are collected, without ever asking for a
 * garbage collection.
 *
 * <p>Most collections do not unload classes, so a loader that is still there proves nothing by
 * itself. A canary, a class loader of our own with one class and no references, tells when a
 * collection that unloads classes has run: what has survived two of them since it was unloaded
 * counts as leaked. The count corrects itself if the loader goes later. Thread-safe.
 */
public final class LeakDetector {
  private static final int SURVIVED_COLLECTIONS = 2;

  private final List<Watched> watched = new ArrayList<>();
  private @Nullable WeakReference<ClassLoader> canary;
  private long collections;

  private record Watched(String plugin, WeakReference<ClassLoader> loader, long since) {}

  LeakDetector() {}

  /** Watches a loader that was just unloaded. */
  synchronized void watch(String plugin, ClassLoader loader) {
    look();
    watched.add(new Watched(plugin, new WeakReference<>(loader), collections));
    if (canary == null) {
      canary = new WeakReference<>(CanaryClassLoader.create());
    }
  }

  /** How many unloaded plugins are still in memory though they should have been collected. */
  public int leaked() {
    return leaks().size();
  }

  /** Name and version of the plugins that {@link #leaked()} counts. */
  public synchronized List<String> leaks() {
    look();
    return watched.stream()
        .filter(w -> collections - w.since() >= SURVIVED_COLLECTIONS)
        .map(Watched::plugin)
        .toList();
  }

  /** How many unloaded plugins are not collected yet, the leaked ones included. */
  public synchronized int uncollected() {
    look();
    return watched.size();
  }

  private void look() {
    // The canary first: a loader that goes at the same time as the canary is gone afterwards.
    WeakReference<ClassLoader> current = canary;
    boolean collected = current != null && current.refersTo(null);
    if (collected) {
      collections++;
    }
    watched.removeIf(w -> w.loader().refersTo(null));
    if (watched.isEmpty()) {
      canary = null;
    } else if (collected) {
      canary = new WeakReference<>(CanaryClassLoader.create());
    }
  }
}

package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.leak.Leftovers;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the class loaders of unloaded plugins are collected, and names what holds those that
 * are not.
 *
 * <p>Most collections do not unload classes, so a loader that is still there proves nothing by
 * itself. A canary, a class loader of our own with one class and no references, tells when a
 * collection that unloads classes has run: what has survived two of them since it was unloaded
 * counts as leaked. The count corrects itself if the loader goes later. Where no such collection
 * comes by itself within the time that a proof may take, a few are asked for. Thread-safe.
 */
public final class LeakDetector {
  private static final Logger log = LoggerFactory.getLogger(LeakDetector.class);
  private static final int SURVIVED_COLLECTIONS = 2;

  // One more than is needed: the canary of the first may be younger than the collection.
  private static final int MOST_REQUESTS = 3;
  private static final long BETWEEN_REQUESTS_NANOS = Duration.ofSeconds(10).toNanos();

  private Duration proofWithin = Duration.ZERO;
  private final LongSupplier nanos;
  private final Runnable collector;
  private final Clock clock = Clock.systemUTC();
  private final List<Watched> watched = new ArrayList<>();
  private @Nullable WeakReference<ClassLoader> canary;
  private long collections;
  private long unloads;
  private int requests;
  private long lastWatchNanos;
  private long lastRequestNanos;

  private static final class Watched {
    private final PluginJar jar;
    private final WeakReference<ClassLoader> loader;
    private final long since;
    private final Instant unloadedAt;
    private @Nullable Leak leak;

    private Watched(PluginJar jar, ClassLoader loader, long since, Instant unloadedAt) {
      this.jar = jar;
      this.loader = new WeakReference<>(loader);
      this.since = since;
      this.unloadedAt = unloadedAt;
    }
  }

  /** Watches nothing yet, and never asks for a collection. */
  LeakDetector() {
    this(System::nanoTime, System::gc);
  }

  LeakDetector(LongSupplier nanos, Runnable collector) {
    this.nanos = nanos;
    this.collector = collector;
  }

  /**
   * Says how long after an unload collections are waited for before one is asked for; zero, as in
   * the beginning, never asks.
   */
  public synchronized void proveWithin(Duration time) {
    proofWithin = time;
  }

  /** Watches a loader that was just unloaded. */
  synchronized void watch(PluginJar jar, ClassLoader loader) {
    look();
    watched.add(new Watched(jar, loader, collections, clock.instant()));
    unloads++;
    requests = 0;
    lastWatchNanos = nanos.getAsLong();
    if (canary == null) {
      canary = new WeakReference<>(CanaryClassLoader.create());
    }
  }

  /** How many unloaded plugins are still in memory though they should have been collected. */
  public synchronized int leaked() {
    look();
    return (int) watched.stream().filter(this::isLeaked).count();
  }

  /** The plugins that {@link #leaked()} counts, those found by the last look of the folder. */
  public synchronized List<Leak> leaks() {
    look();
    List<Leak> leaks = new ArrayList<>();
    for (Watched one : watched) {
      if (one.leak != null) {
        leaks.add(one.leak);
      }
    }
    return leaks;
  }

  /** How many unloaded plugins are not collected yet, the leaked ones included. */
  public synchronized int uncollected() {
    look();
    return watched.size();
  }

  /** How many plugins were unloaded since the start. */
  public synchronized long unloads() {
    return unloads;
  }

  /**
   * Names what holds the leaked ones, tells of new ones, and asks for a collection if the proof is
   * due. Takes milliseconds; called by the folder's thread.
   */
  synchronized void inspect() {
    look();
    for (Watched one : watched) {
      ClassLoader loader = one.loader.get();
      if (one.leak == null && loader != null && isLeaked(one)) {
        Leak leak =
            new Leak(
                one.jar.name(),
                one.jar.version(),
                one.jar.sha256(),
                one.unloadedAt,
                Leftovers.name(loader));
        one.leak = leak;
        log.error("plugin {} is leaked: {}", one.jar.title(), leak.text());
      }
    }
    askForCollection();
  }

  private void askForCollection() {
    long now = nanos.getAsLong();
    boolean proven = watched.stream().allMatch(one -> one.leak != null);
    if (proven
        || proofWithin.isZero()
        || requests == MOST_REQUESTS
        || now - lastWatchNanos < proofWithin.toNanos()
        || (requests > 0 && now - lastRequestNanos < BETWEEN_REQUESTS_NANOS)) {
      return;
    }
    requests++;
    lastRequestNanos = now;
    collector.run();
  }

  private boolean isLeaked(Watched one) {
    return collections - one.since >= SURVIVED_COLLECTIONS;
  }

  private void look() {
    // The canary first: a loader that goes at the same time as the canary is gone afterwards.
    WeakReference<ClassLoader> current = canary;
    boolean collected = current != null && current.refersTo(null);
    if (collected) {
      collections++;
    }
    watched.removeIf(LeakDetector::isGone);
    if (watched.isEmpty()) {
      canary = null;
    } else if (collected) {
      canary = new WeakReference<>(CanaryClassLoader.create());
    }
  }

  private static boolean isGone(Watched one) {
    boolean gone = one.loader.refersTo(null);
    if (gone && one.leak != null) {
      log.info("plugin {}, which was leaked, is gone after all", one.jar.title());
    }
    return gone;
  }
}

package io.signalbox.loader;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins folder of a running gateway: jars are plugins, YAML files are providers, and what is
 * in the folder is what runs, within a second, in whatever order files arrive.
 *
 * <p>All work is done on one daemon thread of its own, which may block and is never an event loop;
 * the methods here do not block and may be called from anywhere. The Futures complete on that
 * thread.
 */
public final class PluginFolder {
  private static final Logger log = LoggerFactory.getLogger(PluginFolder.class);

  // Between two looks, however many events pour in.
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  // So long a start waits for files that are being written; they are taken later then.
  private static final Duration LONGEST_START = Duration.ofSeconds(2);

  private final LeakDetector leaks = new LeakDetector();
  private final Doorbell bell = new Doorbell();
  private final Doorbell closed = new Doorbell();
  private final FolderReconciler reconciler;
  private final FolderWatch watch;
  private final LongSupplier nanos;
  private final Promise<Void> started = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private volatile boolean closing;
  private boolean startCalled;

  /** Makes it; {@link #start()} begins. */
  public PluginFolder(PluginFolderSettings settings, ProviderLifecycle lifecycle) {
    this(settings, lifecycle, System::nanoTime);
  }

  PluginFolder(PluginFolderSettings settings, ProviderLifecycle lifecycle, LongSupplier nanos) {
    this.nanos = nanos;
    reconciler = new FolderReconciler(settings, lifecycle, leaks, nanos, bell, () -> closing);
    List<Path> dirs = new ArrayList<>(List.of(settings.pluginsDir()));
    dirs.addAll(settings.moreProviderDirs());
    watch = new FolderWatch(List.copyOf(dirs), bell);
  }

  /**
   * Begins to watch.
   *
   * @return succeeds when all that the folder holds was verified and started, or refused, but for
   *     what is being written for more than two seconds; fails if a folder cannot be made or read,
   *     or the certificate of a trusted signer
   * @throws IllegalStateException if called twice, or after {@link #close()}
   */
  public synchronized Future<Void> start() {
    if (startCalled || closing) {
      throw new IllegalStateException("a plugin folder is started once, and before it is closed");
    }
    startCalled = true;
    Thread thread = new Thread(this::run, "signalbox-plugins");
    thread.setDaemon(true);
    thread.start();
    return started.future();
  }

  /**
   * Stops watching. Providers keep running, and so do changes that are under way; no new ones are
   * begun. A second call returns the same Future.
   */
  public synchronized Future<Void> close() {
    closing = true;
    bell.ring();
    closed.ring();
    if (!startCalled) {
      ended.tryComplete();
    }
    return ended.future();
  }

  /**
   * Closes, and unloads every plugin and deletes every staged jar. Call it when no provider runs
   * any more: code that is unloaded fails in odd ways.
   */
  public Future<Void> unload() {
    Promise<Void> unloaded = Promise.promise();
    close()
        .onComplete(
            end -> {
              Thread thread = new Thread(() -> unloadInto(unloaded), "signalbox-plugins-unload");
              thread.setDaemon(true);
              thread.start();
            });
    return unloaded.future();
  }

  /** Looks at the folders now, as if something had happened in them. */
  public void rescan() {
    bell.ring();
  }

  /**
   * Stops a provider that misbehaves, and does not start it again before its file or its jar
   * changes; until then its file's status tells the reason.
   *
   * @param plugin name and version of the plugin that it runs on; if that was replaced meanwhile,
   *     nothing happens
   */
  public void giveUp(String providerId, String plugin, String reason) {
    reconciler.givenUps().add(providerId, plugin, reason);
    bell.ring();
  }

  /** The jars as of the last look; a snapshot. */
  public List<PluginStatus> plugins() {
    return reconciler.pluginStatuses();
  }

  /** The provider files as of the last look; a snapshot. */
  public List<ProviderFileStatus> providerFiles() {
    return reconciler.providerStatuses();
  }

  /**
   * Ids of the providers whose files say {@code enabled: false}, as of the last look; told before
   * such a provider is stopped.
   */
  public Set<String> switchedOff() {
    return reconciler.switchedOff();
  }

  /** Tells whether unloaded plugins are really gone from memory. */
  public LeakDetector leakDetector() {
    return leaks;
  }

  private void run() {
    try {
      reconciler.open();
      watch.open();
      Duration pause = firstRounds();
      started.tryComplete();
      while (!closing) {
        bell.await(pause.toNanos());
        // A burst of events is one look: let the others come.
        closed.await(SHORTEST_PAUSE.toNanos());
        pause = closing ? pause : guardedRound();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      log.error("the plugins folder cannot be watched", e);
      started.tryFail(e);
    } finally {
      watch.close();
      started.tryFail(new IllegalStateException("the plugins folder was closed"));
      ended.tryComplete();
    }
  }

  /** Takes what is there, also what was put just before. */
  private Duration firstRounds() throws InterruptedException, IOException {
    long begin = nanos.getAsLong();
    Duration pause = reconciler.round();
    while (!closing
        && reconciler.isSettling()
        && nanos.getAsLong() - begin < LONGEST_START.toNanos()) {
      closed.await(pause.toNanos());
      pause = reconciler.round();
    }
    return pause;
  }

  private void unloadInto(Promise<Void> unloaded) {
    try {
      reconciler.unloadAll();
      unloaded.complete();
    } catch (IOException | RuntimeException e) {
      unloaded.fail(e);
    }
  }

  /** A round whose failure does not end the watching. */
  private Duration guardedRound() throws InterruptedException {
    try {
      watch.register();
      return reconciler.round();
    } catch (IOException | RuntimeException | Error e) {
      log.error("a look at the plugins folder failed; the next follows", e);
      return PluginFolderSettings.DEFAULT_RESCAN;
    }
  }
}

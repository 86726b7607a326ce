package io.signalbox.gateway.plugins;

import io.signalbox.gateway.plugins.PluginHistory.Origin;
import io.signalbox.gateway.plugins.Verdict.Kind;
import io.signalbox.loader.FileStamp;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginStatus.State;
import io.signalbox.loader.check.PluginJar;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of the folder that are watched to their end: what does not come to run is taken back, so
 * that the next start finds what runs now. Thread-safe.
 */
final class JarSwap {
  private static final Set<Kind> DECIDED = Set.of(Kind.RUNNING, Kind.LOADED, Kind.REFUSED);

  /** Its providers may still be down from the jar that was refused. */
  private static final Set<Kind> RUNS_AGAIN = Set.of(Kind.RUNNING, Kind.LOADED);

  private final Blocking blocking;
  private final WatchedJars jars;
  private final PluginHistory history;
  private final PluginFolder folder;
  private final FolderWait wait;

  JarSwap(
      Blocking blocking,
      WatchedJars jars,
      PluginHistory history,
      PluginFolder folder,
      FolderWait wait) {
    this.blocking = blocking;
    this.jars = jars;
    this.history = history;
    this.folder = folder;
    this.wait = wait;
  }

  /** What a jar replaced, and which content stands there now. */
  private record Put(Optional<Path> aside, FileStamp content) {}

  /**
   * Puts a checked jar in the place of another, or of none.
   *
   * @return what became of it; if it was refused, what was there before is there again
   */
  Future<Verdict> put(PluginJar jar, Path target, Origin origin) {
    PluginRecord before = history.record(jar.name());
    Set<String> well = Verdict.well(jar.name(), folder.providerFiles());
    history.expect(jar.sha256(), origin);
    return blocking
        .call(() -> replace(jar.path(), target))
        .onFailure(failure -> history.expectNoMore(jar.sha256()))
        .compose(
            put ->
                verdict(target, put.content(), well, DECIDED)
                    .onSuccess(verdict -> forget(jar, verdict))
                    .compose(
                        verdict ->
                            verdict.kind() == Kind.REFUSED
                                ? takeBack(jar, target, put, before, well).map(verdict)
                                : blocking.run(() -> jars.letGo(put.aside())).map(verdict)));
  }

  /** The folder was told by now where the jar comes from, unless it has not looked yet. */
  private void forget(PluginJar jar, Verdict verdict) {
    if (verdict.kind() != Kind.PENDING) {
      history.expectNoMore(jar.sha256());
    }
  }

  private Put replace(Path jar, Path target) throws IOException {
    Optional<Path> aside = jars.setAside(target);
    try {
      jars.put(jar, target);
    } catch (IOException | RuntimeException e) {
      jars.letGo(aside);
      throw e;
    }
    FileStamp content =
        FileStamp.of(target).orElseThrow(() -> new IOException(target + " was removed at once"));
    return new Put(aside, content);
  }

  private Future<Verdict> verdict(
      Path target, FileStamp content, Set<String> well, Set<Kind> over) {
    folder.rescan();
    return wait.until(
        () -> Verdict.of(target, content, well, folder.plugins(), folder.providerFiles()),
        verdict -> over.contains(verdict.kind()));
  }

  private Future<?> takeBack(
      PluginJar jar, Path target, Put put, PluginRecord before, Set<String> well) {
    return blocking
        .call(
            () -> {
              jars.putBack(put.aside(), target);
              history.restore(jar.name(), before);
              return FileStamp.of(target);
            })
        .compose(
            content ->
                content.isPresent()
                    ? verdict(target, content.get(), well, RUNS_AGAIN)
                    : gone(jar.name()).map(new Verdict(Kind.LOADED, "")));
  }

  /**
   * Takes a plugin out of the folder.
   *
   * @return whether it is gone with all its providers
   */
  Future<Boolean> remove(String plugin, Place place) {
    return blocking
        .run(
            () -> {
              jars.remove(place.files().stream().map(status -> status.file()).toList());
              history.removed(plugin);
            })
        .compose(removed -> gone(plugin));
  }

  private Future<Boolean> gone(String plugin) {
    folder.rescan();
    return wait.until(() -> isGone(plugin), gone -> gone);
  }

  private boolean isGone(String plugin) {
    return Verdict.running(plugin, folder.providerFiles()).isEmpty()
        && folder.plugins().stream()
            .noneMatch(jar -> jar.state() != State.RETIRING && plugin.equals(Place.name(jar)));
  }
}

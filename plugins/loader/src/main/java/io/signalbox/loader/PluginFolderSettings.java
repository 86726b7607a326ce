package io.signalbox.loader;

import io.signalbox.loader.check.PluginTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings of a {@link PluginFolder}. Begin with {@link #of} and change what differs.
 *
 * @param pluginsDir folder of jars and provider files; created if missing
 * @param moreProviderDirs further folders of provider files only; where an id occurs twice, the
 *     plugins folder wins, then the earlier of these
 * @param stagingDir private folder that jars are copied to and loaded from; the folder owns it and
 *     deletes what it does not need from it
 * @param trust which jars may run
 * @param rescan longest time between two looks at the folders, 50 ms to 1 min
 * @param settle how long a file must not change before it is taken, 0 to 10 s
 * @param changeTimeout how long one change of a provider is waited for before the next is begun;
 *     the change itself goes on, 10 ms to 10 min
 * @param retry when a replacement that was {@linkplain KeptBackException kept back} is tried again,
 *     10 ms to 1 h; doubles each time, to ten times as long at most
 * @param variables resolves variables other than {@code env:} and {@code file:}; gets what stands
 *     between the braces, such as {@code sandbox:sendgrid.url}; called on the folder's thread
 * @param keeper hears of jars that are taken into use
 */
public record PluginFolderSettings(
    Path pluginsDir,
    List<Path> moreProviderDirs,
    Path stagingDir,
    PluginTrust trust,
    Duration rescan,
    Duration settle,
    Duration changeTimeout,
    Duration retry,
    Function<String, Optional<String>> variables,
    JarKeeper keeper) {

  /** Half a second: with the settling, a change is taken within a second even without events. */
  public static final Duration DEFAULT_RESCAN = Duration.ofMillis(500);

  /** 250 ms: longer than the pauses of a copy, well below the promised second. */
  public static final Duration DEFAULT_SETTLE = Duration.ofMillis(250);

  /** 30 s: longer than a provider's usual drain, so that changes seldom overlap. */
  public static final Duration DEFAULT_CHANGE_TIMEOUT = Duration.ofSeconds(30);

  /** 30 s: a remote service that does not answer is seldom back sooner. */
  public static final Duration DEFAULT_RETRY = Duration.ofSeconds(30);

  /** Checks the ranges and copies the collections. */
  public PluginFolderSettings {
    moreProviderDirs = List.copyOf(moreProviderDirs);
    checkRange("rescan", rescan, Duration.ofMillis(50), Duration.ofMinutes(1));
    checkRange("settle", settle, Duration.ZERO, Duration.ofSeconds(10));
    checkRange("changeTimeout", changeTimeout, Duration.ofMillis(10), Duration.ofMinutes(10));
    checkRange("retry", retry, Duration.ofMillis(10), Duration.ofHours(1));
  }

  /** The defaults: jars are staged in {@code plugins} of the data folder, all jars may run. */
  public static PluginFolderSettings of(Path pluginsDir, Path dataDir) {
    return new PluginFolderSettings(
        pluginsDir,
        List.of(),
        dataDir.resolve("plugins"),
        PluginTrust.ALL,
        DEFAULT_RESCAN,
        DEFAULT_SETTLE,
        DEFAULT_CHANGE_TIMEOUT,
        DEFAULT_RETRY,
        name -> Optional.empty(),
        JarKeeper.NONE);
  }

  /** With further folders of provider files. */
  public PluginFolderSettings withMoreProviderDirs(List<Path> dirs) {
    return new PluginFolderSettings(
        pluginsDir,
        dirs,
        stagingDir,
        trust,
        rescan,
        settle,
        changeTimeout,
        retry,
        variables,
        keeper);
  }

  /** With a choice of the jars that may run. */
  public PluginFolderSettings withTrust(PluginTrust chosen) {
    return new PluginFolderSettings(
        pluginsDir,
        moreProviderDirs,
        stagingDir,
        chosen,
        rescan,
        settle,
        changeTimeout,
        retry,
        variables,
        keeper);
  }

  /** With other times. */
  public PluginFolderSettings withTimes(Duration rescan, Duration settle, Duration changeTimeout) {
    return new PluginFolderSettings(
        pluginsDir,
        moreProviderDirs,
        stagingDir,
        trust,
        rescan,
        settle,
        changeTimeout,
        retry,
        variables,
        keeper);
  }

  /** With another time after which what was kept back is tried again. */
  public PluginFolderSettings withRetry(Duration pause) {
    return new PluginFolderSettings(
        pluginsDir,
        moreProviderDirs,
        stagingDir,
        trust,
        rescan,
        settle,
        changeTimeout,
        pause,
        variables,
        keeper);
  }

  /** With more variables. */
  public PluginFolderSettings withVariables(Function<String, Optional<String>> resolver) {
    return new PluginFolderSettings(
        pluginsDir,
        moreProviderDirs,
        stagingDir,
        trust,
        rescan,
        settle,
        changeTimeout,
        retry,
        resolver,
        keeper);
  }

  /** With somebody who hears of jars that are taken into use. */
  public PluginFolderSettings withKeeper(JarKeeper hearing) {
    return new PluginFolderSettings(
        pluginsDir,
        moreProviderDirs,
        stagingDir,
        trust,
        rescan,
        settle,
        changeTimeout,
        retry,
        variables,
        hearing);
  }

  private static void checkRange(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " is from " + min + " to " + max + ", was " + value);
    }
  }
}

package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.spi.PluginDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One round: looks at the folders, works out what should run, makes it so, and unloads what is not
 * needed any more. All state of the plugin system is behind this class, confined to the folder's
 * thread; only the two lists of statuses and the ids of what is switched off may be read by others.
 */
final class FolderReconciler {
  private final PluginFolderSettings settings;
  private final LeakDetector leaks;
  private final Clock clock = Clock.systemUTC();
  private final LongSupplier nanos;
  private final FolderListing listing;
  private final SettledFiles settled;
  private final PluginStaging staging;
  private final PluginShelf shelf;
  private final JarFiles jars;
  private final ProviderFiles providers;
  private final ProviderRuns runs;
  private final RefusalReports refusals;
  private final TakenJars taken;
  private final Comparator<Path> byFolder;

  private boolean firstLook = true;
  private boolean somethingIsYoung;
  private Map<String, LoadedPlugin> plugins = Map.of();
  private List<ProviderMatch> matches = List.of();
  private volatile List<PluginStatus> pluginStatuses = List.of();
  private volatile List<ProviderFileStatus> providerStatuses = List.of();
  private volatile Set<String> switchedOff = Set.of();

  FolderReconciler(
      PluginFolderSettings settings,
      ProviderLifecycle lifecycle,
      LeakDetector leaks,
      LongSupplier nanos,
      Doorbell bell,
      BooleanSupplier closing) {
    this.settings = settings;
    this.leaks = leaks;
    this.nanos = nanos;
    listing = new FolderListing(settings.pluginsDir(), settings.moreProviderDirs());
    settled = new SettledFiles(settings.settle());
    staging = new PluginStaging(settings.stagingDir(), settings.trust(), clock);
    shelf = new PluginShelf(leaks);
    jars = new JarFiles(staging, shelf);
    providers =
        new ProviderFiles(
            new ProviderFileReader(
                name -> Optional.ofNullable(System.getenv(name)), settings.variables()));
    runs =
        new ProviderRuns(
            lifecycle,
            settings.changeTimeout(),
            settings.retry(),
            nanos,
            bell,
            closing,
            this::publish);
    refusals = new RefusalReports(lifecycle);
    taken = new TakenJars(settings.keeper());
    List<Path> folders = new ArrayList<>(List.of(settings.pluginsDir()));
    folders.addAll(settings.moreProviderDirs());
    byFolder =
        Comparator.<Path>comparingInt(file -> folders.indexOf(file.getParent()))
            .thenComparing(Comparator.naturalOrder());
  }

  /** Makes the folders that are missing. */
  void open() throws IOException {
    Files.createDirectories(settings.pluginsDir());
    for (Path dir : settings.moreProviderDirs()) {
      Files.createDirectories(dir);
    }
    staging.open();
  }

  /**
   * One round.
   *
   * @return how long at most until the next
   */
  Duration round() throws InterruptedException, IOException {
    Map<Path, FileStamp> jarFiles = new TreeMap<>();
    Map<Path, FileStamp> providerFiles = new TreeMap<>(byFolder);
    settled
        .look(finished(listing.list()), nanos.getAsLong())
        .forEach((f, s) -> (FolderListing.isJar(f) ? jarFiles : providerFiles).put(f, s));
    jars.update(jarFiles);
    providers.update(providerFiles);
    plugins = jars.choose();
    taken.tell(jars.all());
    matches =
        providers.all().stream()
            .map(file -> ProviderMatch.of(file, plugins, runs.running(file.id())))
            .toList();
    switchedOff =
        providers.all().stream()
            .filter(file -> file.content().disabled())
            .map(ProviderFiles.Entry::id)
            .collect(Collectors.toUnmodifiableSet());
    tellRefusals();
    publish();
    runs.apply(wanted());
    release();
    leaks.inspect();
    publish();
    return isSettling() && settings.settle().compareTo(settings.rescan()) < 0
        ? settings.settle()
        : settings.rescan();
  }

  /** Whether a file may still be being written, so that a further round is due soon. */
  boolean isSettling() {
    return somethingIsYoung || settled.isSettling();
  }

  /**
   * At the first look all but what was written just now: that may be half of it, and settles like
   * what comes later.
   */
  private Map<Path, FileStamp> finished(Map<Path, FileStamp> files) {
    somethingIsYoung = false;
    if (!firstLook) {
      return files;
    }
    firstLook = false;
    Instant settledBefore = clock.instant().minus(settings.settle());
    Map<Path, FileStamp> old = new HashMap<>(files);
    somethingIsYoung =
        old.values().removeIf(stamp -> stamp.modified().toInstant().isAfter(settledBefore));
    return old;
  }

  /** Unloads everything; for the end, when no provider runs any more. */
  void unloadAll() throws IOException {
    shelf.keepOnly(Set.of());
    staging.keepOnly(Set.of());
  }

  List<PluginStatus> pluginStatuses() {
    return pluginStatuses;
  }

  List<ProviderFileStatus> providerStatuses() {
    return providerStatuses;
  }

  /** Ids of the files that say {@code enabled: false}. */
  Set<String> switchedOff() {
    return switchedOff;
  }

  GivenUps givenUps() {
    return runs.givenUps();
  }

  private Map<String, ProviderRuns.Run> wanted() {
    Map<String, ProviderRuns.Run> wanted = new LinkedHashMap<>();
    for (ProviderMatch match : matches) {
      if (match.wanted() != null) {
        wanted.put(match.entry().id(), match.wanted());
      }
    }
    return wanted;
  }

  private void tellRefusals() {
    for (JarFiles.Jar jar : jars.all()) {
      String reason = jar.superseded() ? supersededDetail(jar) : jar.refusal();
      if (!reason.isEmpty()) {
        refusals.add(Optional.ofNullable(jar.stamp()), new PluginRefusal(jar.file, reason));
      }
    }
    for (ProviderMatch match : matches) {
      if (!match.problems().isEmpty()) {
        refusals.add(
            Optional.of(match.entry().stamp()),
            new ProviderFileRefusal(match.entry().file(), match.problems()));
      }
    }
    refusals.tell();
  }

  private void release() throws IOException {
    Set<LoadedPlugin> needed = new HashSet<>(plugins.values());
    needed.addAll(runs.pluginsInUse());
    shelf.all().stream().filter(LoadedPlugin::isRetained).forEach(needed::add);
    shelf.keepOnly(needed);
    Set<String> hashes = jars.stagedHashes();
    shelf.all().forEach(plugin -> hashes.add(plugin.sha256()));
    staging.keepOnly(hashes);
  }

  private void publish() {
    List<PluginStatus> statuses = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (JarFiles.Jar jar : jars.all()) {
      PluginStatus status = status(jar);
      statuses.add(status);
      shown.add(status.sha256());
    }
    for (LoadedPlugin plugin : shelf.all()) {
      if (!shown.contains(plugin.sha256())) {
        statuses.add(
            status(
                plugin.jar().path(),
                null,
                plugin.jar(),
                PluginStatus.State.RETIRING,
                "its jar was replaced or removed; unloaded when no provider uses it"));
      }
    }
    pluginStatuses = List.copyOf(statuses);
    providerStatuses = matches.stream().map(match -> match.status(runs)).toList();
  }

  private PluginStatus status(JarFiles.Jar jar) {
    if (!jar.refusal().isEmpty()) {
      return status(jar.file, jar.stamp(), jar.usable(), PluginStatus.State.REFUSED, jar.refusal());
    }
    if (jar.superseded()) {
      return status(
          jar.file,
          jar.stamp(),
          jar.usable(),
          PluginStatus.State.SUPERSEDED,
          supersededDetail(jar));
    }
    return status(jar.file, jar.stamp(), jar.usable(), PluginStatus.State.ACTIVE, "");
  }

  private PluginStatus status(
      Path file,
      @Nullable FileStamp stamp,
      @Nullable PluginJar jar,
      PluginStatus.State state,
      String detail) {
    if (jar == null) {
      return new PluginStatus(file, stamp, "", "", "", state, detail, detail, null, Set.of());
    }
    LoadedPlugin plugin = shelf.find(jar);
    PluginDescriptor descriptor = plugin == null ? null : plugin.descriptor();
    Set<String> ids = plugin == null ? Set.of() : runs.providersOf(plugin);
    String failed =
        plugin == null
            ? ""
            : runs.failuresOf(plugin).entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue())
                .collect(Collectors.joining("; "));
    String lastError = state == PluginStatus.State.REFUSED ? detail : failed;
    return new PluginStatus(
        file,
        stamp,
        jar.name(),
        jar.version(),
        jar.sha256(),
        state,
        detail,
        lastError,
        descriptor,
        ids);
  }

  private static String supersededDetail(JarFiles.Jar jar) {
    PluginJar usable = jar.usable();
    return "another jar of plugin "
        + (usable == null ? "" : usable.name())
        + " was written later and is used instead; remove one of them";
  }
}

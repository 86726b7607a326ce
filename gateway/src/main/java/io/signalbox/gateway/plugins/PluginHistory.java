package io.signalbox.gateway.plugins;

import io.signalbox.gateway.config.PluginChanges;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.signalbox.loader.JarKeeper;
import io.signalbox.loader.check.PluginJar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jars that were in use, however they came into the folder: files named by their hash,
 * and an index of what they were, in a folder of the gateway's own. Survives restarts; what a crash
 * leaves half done is cleared at the next start.
 *
 * <p>Thread-safe. What changes it blocks on the disk; what reads it does not.
 */
final class PluginHistory implements JarKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PluginHistory.class);
  private static final String INDEX = "index.json";
  private static final String JAR = ".jar";
  private static final String INCOMING = "incoming-";
  private static final Pattern KEPT_JAR = Pattern.compile("[0-9a-f]{64}\\.jar");
  private static final Pattern ANY_JAR = Pattern.compile("([0-9a-f]{64}|incoming-.*)\\.jar");

  private final Path dir;
  private final PluginChanges limits;
  private final Clock clock;
  private final ConcurrentMap<String, Origin> expected = new ConcurrentHashMap<>();
  private volatile Map<String, PluginRecord> records = Map.of();
  private volatile boolean isNew;

  /** Where a jar that is about to be put into the folder comes from. */
  record Origin(Source source, @Nullable String by) {}

  PluginHistory(Path dir, PluginChanges limits, Clock clock) {
    this.dir = dir;
    this.limits = limits;
    this.clock = clock;
  }

  /** Reads what is kept, and clears what an earlier run left behind. */
  synchronized void open() throws IOException {
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(dir);
      if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
      }
    }
    Path index = dir.resolve(INDEX);
    isNew = Files.notExists(index);
    if (!isNew) {
      try {
        records = stored(RecordJson.read(new JsonObject(Buffer.buffer(Files.readAllBytes(index)))));
      } catch (RuntimeException e) {
        LOG.error("{} cannot be read: what plugins were before is not known any more", index, e);
      }
    }
    delete(ANY_JAR);
  }

  /** Without the versions whose jars are gone. */
  private Map<String, PluginRecord> stored(Map<String, PluginRecord> read) {
    Map<String, PluginRecord> present = new HashMap<>();
    read.forEach(
        (name, record) -> {
          PluginRecord kept = record;
          for (PluginVersion version : record.versions()) {
            kept = Files.exists(jar(version.sha256())) ? kept : kept.without(version);
          }
          present.put(name, kept);
        });
    return Map.copyOf(present);
  }

  /** Whether nothing was kept when it was opened, as at the first start of a gateway. */
  boolean isNew() {
    return isNew;
  }

  /** A new empty file for a jar that comes in; the caller deletes it. */
  Path incoming() throws IOException {
    return Files.createTempFile(dir, INCOMING, JAR);
  }

  /** Where a kept jar is. */
  Path jar(String sha256) {
    return dir.resolve(sha256 + JAR);
  }

  /** What is kept of a plugin. */
  PluginRecord record(String plugin) {
    return records.getOrDefault(plugin, PluginRecord.EMPTY);
  }

  /** What is kept of all plugins. */
  Map<String, PluginRecord> records() {
    return records;
  }

  /** Says where a jar comes from that will be taken into use soon. */
  void expect(String sha256, Origin origin) {
    expected.put(sha256, origin);
  }

  /** That jar will not come. */
  void expectNoMore(String sha256) {
    expected.remove(sha256);
  }

  @Override
  public synchronized void taken(Path file, PluginJar staged) {
    PluginRecord record = record(staged.name());
    if (staged.sha256().equals(record.current())) {
      return;
    }
    Origin origin = expected.remove(staged.sha256());
    try {
      keep(staged);
      PluginVersion version =
          new PluginVersion(
              staged.sha256(),
              staged.version(),
              staged.spiVersion(),
              Files.size(staged.path()),
              origin == null ? Source.FOLDER : origin.source(),
              origin == null ? null : origin.by(),
              clock.millis());
      store(staged.name(), before -> before.taken(version).bounded(limits.keepVersions()));
    } catch (IOException e) {
      LOG.warn("{} cannot be kept for a rollback: {}", staged.title(), e.toString());
    }
  }

  /** Notes that a plugin was removed. */
  synchronized void removed(String plugin) throws IOException {
    store(plugin, PluginRecord::removed);
  }

  /** Notes an order that was carried out. */
  synchronized void ordered(String plugin, LastOrder order) throws IOException {
    store(plugin, before -> before.ordered(order));
  }

  /** Notes an order of another node that could not be carried out. */
  synchronized void refused(String plugin, OrderStamp stamp) throws IOException {
    store(plugin, before -> before.refused(stamp));
  }

  /** Notes that an order was carried out on all nodes, if it is still the newest. */
  synchronized void everywhere(String plugin, OrderStamp stamp) throws IOException {
    LastOrder last = record(plugin).last();
    if (last != null && last.stamp().equals(stamp) && !last.everywhere()) {
      store(plugin, before -> before.ordered(last.carriedOutEverywhere()));
    }
  }

  /** Forgets what happened to a plugin since it was as the record says. */
  synchronized void restore(String plugin, PluginRecord before) throws IOException {
    store(plugin, now -> before);
    records = stored(records);
  }

  /** The staged copy and the kept one share their bytes where the file system can do that. */
  private void keep(PluginJar staged) throws IOException {
    Path kept = jar(staged.sha256());
    if (Files.exists(kept)) {
      return;
    }
    try {
      Files.createLink(kept, staged.path());
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} is copied, as it cannot be linked: {}", staged.path(), e.toString());
      Path incoming = Files.createTempFile(dir, INCOMING, JAR);
      Files.delete(incoming);
      DurableFiles.copy(staged.path(), incoming);
      DurableFiles.rename(incoming, kept);
    }
  }

  private void store(String plugin, UnaryOperator<PluginRecord> change) throws IOException {
    Map<String, PluginRecord> next = new HashMap<>(records);
    next.put(plugin, change.apply(record(plugin)));
    Map<String, PluginRecord> bounded = KeptBytes.within(limits.keepBytes(), next);
    Path draft = dir.resolve(INDEX + ".tmp");
    Files.deleteIfExists(draft);
    DurableFiles.write(
        RecordJson.write(bounded).encodePrettily().getBytes(StandardCharsets.UTF_8), draft);
    DurableFiles.rename(draft, dir.resolve(INDEX));
    records = bounded;
    delete(KEPT_JAR);
  }

  /** Deletes files of ours that no record names. */
  private void delete(Pattern ours) throws IOException {
    Set<String> named = new HashSet<>();
    for (PluginRecord record : records.values()) {
      record.versions().forEach(version -> named.add(version.sha256() + JAR));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (ours.matcher(name).matches() && !named.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

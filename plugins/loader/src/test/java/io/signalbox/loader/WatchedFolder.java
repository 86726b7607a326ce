package io.signalbox.loader;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plugins folder that is watched, and the words in which its tests speak. */
abstract class WatchedFolder {
  @TempDir Path temp;
  Path dir;
  PluginFolderSettings settings;
  final FakeGateway gateway = new FakeGateway();
  PluginFolder folder;

  @BeforeEach
  void prepare() {
    dir = temp.resolve("plugins");
    settings =
        PluginFolderSettings.of(dir, temp.resolve("data"))
            .withTimes(Duration.ofMillis(100), Duration.ofMillis(80), Duration.ofSeconds(5))
            .withVariables(
                name -> name.equals("sandbox:url") ? Optional.of("http://x") : Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    if (folder != null) {
      done(folder.unload());
    }
  }

  void start() throws Exception {
    folder = new PluginFolder(settings, gateway);
    done(folder.start());
  }

  static void done(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).untilAsserted(check);
  }

  Path jar(String name, String version) throws IOException {
    Files.createDirectories(dir);
    return PluginSource.plugin(name, version).moveTo(dir.resolve(name + ".jar"));
  }

  Path provider(String file, String text) throws IOException {
    Files.createDirectories(dir);
    Path target = dir.resolve(file);
    Path temporary = dir.resolve(file + ".tmp");
    Files.writeString(temporary, text);
    return Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
  }

  ProviderFileStatus providerStatus(String file) {
    return folder.providerFiles().stream()
        .filter(status -> status.file().endsWith(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no status of " + file));
  }

  PluginStatus pluginStatus(String file) {
    return folder.plugins().stream()
        .filter(status -> status.file().endsWith(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no status of " + file));
  }

  Set<String> stagedFiles() throws IOException {
    try (Stream<Path> files = Files.list(settings.stagingDir())) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}

package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.loader.check.PluginTrust;
import io.signalbox.loader.check.Sha256;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
  @TempDir Path temp;
  private Path dir;
  private PluginFolderSettings settings;
  private final FakeGateway gateway = new FakeGateway();
  private PluginFolder folder;

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

  private void start() throws Exception {
    folder = new PluginFolder(settings, gateway);
    done(folder.start());
  }

  private static void done(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10)).untilAsserted(check);
  }

  private Path jar(String name, String version) throws IOException {
    Files.createDirectories(dir);
    return PluginSource.plugin(name, version).moveTo(dir.resolve(name + ".jar"));
  }

  private Path provider(String file, String text) throws IOException {
    Files.createDirectories(dir);
    Path target = dir.resolve(file);
    Path temporary = dir.resolve(file + ".tmp");
    Files.writeString(temporary, text);
    return Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private ProviderFileStatus providerStatus(String file) {
    return folder.providerFiles().stream()
        .filter(status -> status.file().endsWith(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no status of " + file));
  }

  private PluginStatus pluginStatus(String file) {
    return folder.plugins().stream()
        .filter(status -> status.file().endsWith(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no status of " + file));
  }

  private Set<String> stagedFiles() throws IOException {
    try (Stream<Path> files = Files.list(settings.stagingDir())) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void firstScanStartsWhatIsThere() throws Exception {
    jar("mail", "1.0");
    provider("mail-eu.yaml", "plugin: mail\nweight: 7\nconfig: {url: '${sandbox:url}'}\n");
    start();
    assertThat(gateway.events).containsExactly("start mail-eu 1.0");
    ProviderDefinition definition = gateway.running.get("mail-eu");
    assertThat(definition.channels()).containsExactly(Channel.EMAIL);
    assertThat(definition.weight()).isEqualTo(7);
    assertThat(definition.config().getString("url")).isEqualTo("http://x");
    assertThat(providerStatus("mail-eu.yaml").state()).isEqualTo(ProviderFileStatus.State.RUNNING);
    PluginStatus plugin = pluginStatus("mail.jar");
    assertThat(plugin.state()).isEqualTo(PluginStatus.State.ACTIVE);
    assertThat(plugin.providers()).containsExactly("mail-eu");
    assertThat(plugin.descriptor().displayName()).isEqualTo("mail 1.0");
  }

  @Test
  void providerFileWaitsForItsJar() throws Exception {
    start();
    provider("mail-eu.yaml", "plugin: mail\n");
    eventually(
        () ->
            assertThat(providerStatus("mail-eu.yaml").detail())
                .isEqualTo("waiting for plugin mail"));
    assertThat(providerStatus("mail-eu.yaml").state()).isEqualTo(ProviderFileStatus.State.WAITING);
    jar("mail", "1.0");
    eventually(() -> assertThat(gateway.running).containsKey("mail-eu"));
  }

  @Test
  void jarWaitsForProviderFiles() throws Exception {
    start();
    jar("mail", "1.0");
    eventually(() -> assertThat(folder.plugins()).hasSize(1));
    assertThat(gateway.events).isEmpty();
    provider("mail-eu.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.events).containsExactly("start mail-eu 1.0"));
  }

  @Test
  void renamingANewJarOverTheOldOneReplacesItsProviders() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    provider("b.yaml", "plugin: mail\n");
    start();
    jar("mail", "2.0");
    eventually(
        () ->
            assertThat(gateway.events)
                .containsExactly("start a 1.0", "start b 1.0", "start a 2.0", "start b 2.0"));
    eventually(() -> assertThat(stagedFiles()).hasSize(1));
    assertThat(gateway.mostAtATime).hasValue(1);
  }

  @Test
  void anOverwrittenJarReplacesToo() throws Exception {
    Path jar = jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    PluginSource.plugin("mail", "2.0").writeTo(jar);
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", "start a 2.0"));
  }

  @Test
  void touchingOrRenamingAJarChangesNothing() throws Exception {
    Path jar = jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    Files.move(jar, dir.resolve("mail-1.0.jar"));
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    assertThat(gateway.events).containsExactly("start a 1.0", "start marker 1.0");
  }

  @Test
  void removingFilesStopsTheirProviders() throws Exception {
    Path jar = jar("mail", "1.0");
    Path yaml = provider("a.yaml", "plugin: mail\n");
    provider("b.yml", "plugin: mail\n");
    start();
    Files.delete(yaml);
    eventually(() -> assertThat(gateway.events).contains("stop a"));
    Files.delete(jar);
    eventually(() -> assertThat(gateway.running).isEmpty());
    eventually(() -> assertThat(stagedFiles()).isEmpty());
    eventually(() -> assertThat(folder.plugins()).isEmpty());
    assertThat(providerStatus("b.yml").state()).isEqualTo(ProviderFileStatus.State.WAITING);
  }

  @Test
  void changedProviderFileReplacesItsProviderOnly() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    provider("b.yaml", "plugin: mail\n");
    start();
    provider("a.yaml", "# only a comment\nplugin: mail\n");
    provider("b.yaml", "plugin: mail\npriority: 2\n");
    eventually(
        () ->
            assertThat(gateway.events)
                .containsExactly("start a 1.0", "start b 1.0", "start b 1.0"));
    assertThat(gateway.running.get("b").priority()).isEqualTo(2);
  }

  @Test
  void disablingStops() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    provider("a.yaml", "plugin: mail\nenabled: false\nconfig: {key: '${env:NO_SUCH_THING}'}\n");
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", "stop a"));
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.DISABLED));
    assertThat(gateway.refusals).isEmpty();
  }

  @Test
  void badContentIsRefusedOnceAndTheOldOneStays() throws Exception {
    Path jar = jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    byte[] good = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(good, good.length / 2));
    provider("a.yaml", "plugin: mail\nweight: 0\nwieght: 5\n");
    eventually(() -> assertThat(gateway.refusals).hasSize(2));
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.REFUSED));
    assertThat(gateway.reasons())
        .anySatisfy(reason -> assertThat(reason).contains("is no complete jar"))
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .isEqualTo(
                        "weight: must be a whole number from 1 to 1000; wieght: is not a known"
                            + " key"));
    assertThat(providerStatus("a.yaml").running()).isTrue();
    assertThat(pluginStatus("mail.jar").state()).isEqualTo(PluginStatus.State.REFUSED);
    assertThat(pluginStatus("mail.jar").providers()).containsExactly("a");
    // New files still start from the old plugin.
    provider("b.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKeys("a", "b"));
    assertThat(gateway.events).doesNotContain("stop a");
    assertThat(gateway.refusals).hasSize(2);
  }

  @Test
  void aJarThatCannotBeLoadedKeepsTheOldOne() throws Exception {
    Path jar = jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    PluginSource.plugin("mail", "2.0")
        .type(
            "acme.Factory",
            PluginSource.factory("mail", "2.0", "if (true) throw new Error(\"boom\");", ""))
        .moveTo(jar);
    eventually(() -> assertThat(gateway.refusals).hasSize(1));
    assertThat(gateway.reasons().get(0)).contains("its factory cannot be made").contains("boom");
    eventually(() -> assertThat(stagedFiles()).hasSize(1));
    assertThat(gateway.events).containsExactly("start a 1.0");
    jar("mail", "3.0");
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", "start a 3.0"));
  }

  @Test
  void aFailedStartKeepsTheOldOneAndIsNotRetriedUntilItChanges() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    gateway.failing.put("a", "config.api_key: is required");
    jar("mail", "2.0");
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.FAILED));
    assertThat(providerStatus("a.yaml").running()).isTrue();
    assertThat(providerStatus("a.yaml").detail()).isEqualTo("config.api_key: is required");
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    assertThat(gateway.events).containsExactly("start a 1.0", "start a 2.0", "start marker 2.0");
    assertThat(folder.plugins())
        .anySatisfy(
            status -> {
              assertThat(status.state()).isEqualTo(PluginStatus.State.RETIRING);
              assertThat(status.version()).isEqualTo("1.0");
              assertThat(status.providers()).containsExactly("a");
            });
    gateway.failing.clear();
    provider("a.yaml", "plugin: mail\npriority: 3\n");
    eventually(() -> assertThat(gateway.events).endsWith("start a 2.0"));
    eventually(() -> assertThat(folder.plugins()).hasSize(1));
  }

  @Test
  void theNewestOfTwoJarsWins() throws Exception {
    Path old = jar("mail", "1.0");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
    PluginSource.plugin("mail", "2.0").moveTo(dir.resolve("another.jar"));
    provider("a.yaml", "plugin: mail\n");
    start();
    assertThat(gateway.events).containsExactly("start a 2.0");
    assertThat(pluginStatus("mail.jar").state()).isEqualTo(PluginStatus.State.SUPERSEDED);
    assertThat(gateway.reasons()).hasSize(1);
    assertThat(gateway.reasons().get(0)).contains("another jar of plugin mail");
    Files.delete(dir.resolve("another.jar"));
    eventually(() -> assertThat(gateway.events).containsExactly("start a 2.0", "start a 1.0"));
  }

  @Test
  void onlyAllowedJarsRun() throws Exception {
    Path good = jar("mail", "1.0");
    jar("sms", "1.0");
    settings = settings.withTrust(new PluginTrust(Set.of(Sha256.of(good)), List.of()));
    provider("a.yaml", "plugin: mail\n");
    provider("b.yaml", "plugin: sms\n");
    start();
    assertThat(gateway.running).containsOnlyKeys("a");
    assertThat(gateway.reasons().get(0)).contains("not on the allow list");
  }

  @Test
  void aHalfWrittenJarWaitsUntilItIsComplete() throws Exception {
    byte[] bytes = Files.readAllBytes(jar("mail", "1.0"));
    Files.delete(dir.resolve("mail.jar"));
    provider("a.yaml", "plugin: mail\n");
    settings =
        settings.withTimes(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(5));
    start();
    Path jar = dir.resolve("mail.jar");
    try (var out = Files.newOutputStream(jar)) {
      for (int i = 0; i < bytes.length; i += bytes.length / 10 + 1) {
        out.write(bytes, i, Math.min(bytes.length / 10 + 1, bytes.length - i));
        long written = Files.size(jar);
        // A slow copy: the next part comes after further looks at the folder.
        await().pollDelay(Duration.ofMillis(60)).until(() -> Files.size(jar) == written);
      }
    }
    eventually(() -> assertThat(gateway.running).containsKey("a"));
    assertThat(gateway.refusals).isEmpty();
  }

  @Test
  void temporaryFilesAreIgnored() throws Exception {
    jar("mail", "1.0");
    for (String name : List.of(".a.yaml", "a.yaml~", "b.yaml.tmp", "#c.yaml#", "d.yaml.swp")) {
      Files.writeString(dir.resolve(name), "plugin: mail\n");
    }
    Files.createDirectories(dir.resolve("folder.yaml"));
    start();
    assertThat(folder.providerFiles()).isEmpty();
    assertThat(gateway.refusals).isEmpty();
  }

  @Test
  void symlinkSwapReplaces() throws Exception {
    jar("mail", "1.0");
    Path first = Files.createDirectories(dir.resolve("..2026_1"));
    Path second = Files.createDirectories(dir.resolve("..2026_2"));
    Files.writeString(first.resolve("a.yaml"), "plugin: mail\n");
    Files.writeString(second.resolve("a.yaml"), "plugin: mail\nweight: 9\n");
    Files.createSymbolicLink(dir.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(dir.resolve("a.yaml"), Path.of("..data/a.yaml"));
    start();
    assertThat(gateway.running.get("a").weight()).isEqualTo(100);
    Path swapped = Files.createSymbolicLink(dir.resolve("..data_tmp"), second.getFileName());
    Files.move(swapped, dir.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    eventually(() -> assertThat(gateway.running.get("a").weight()).isEqualTo(9));
  }

  @Test
  void aRotatedSecretFileReplacesTheProvider() throws Exception {
    jar("mail", "1.0");
    Path secret = Files.writeString(temp.resolve("secret"), "one\n");
    provider("a.yaml", "plugin: mail\nconfig: {key: '${file:" + secret + "}'}\n");
    start();
    assertThat(gateway.running.get("a").config().getString("key")).isEqualTo("one");
    Files.writeString(secret, "two!\n");
    eventually(
        () -> assertThat(gateway.running.get("a").config().getString("key")).isEqualTo("two!"));
  }

  @Test
  void hundredsOfFilesAtOnceAllStart() throws Exception {
    jar("mail", "1.0");
    start();
    for (int i = 0; i < 300; i++) {
      Files.writeString(dir.resolve("p-" + i + ".yaml"), "plugin: mail\n");
    }
    eventually(() -> assertThat(gateway.running).hasSize(300));
    assertThat(gateway.events).hasSize(300);
    assertThat(gateway.refusals).isEmpty();
    assertThat(gateway.mostAtATime).hasValue(1);
  }

  @Test
  void aSlowChangeIsWaitedForOnlySoLong() throws Exception {
    settings =
        settings.withTimes(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(200));
    jar("mail", "1.0");
    Promise<Void> slow = Promise.promise();
    gateway.held.put("a", slow);
    provider("a.yaml", "plugin: mail\n");
    provider("b.yaml", "plugin: mail\n");
    start();
    assertThat(gateway.running).containsOnlyKeys("b");
    assertThat(providerStatus("a.yaml").state()).isEqualTo(ProviderFileStatus.State.CHANGING);
    provider("a.yaml", "plugin: mail\nweight: 3\n");
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    assertThat(gateway.events).containsExactly("start a 1.0", "start b 1.0", "start marker 1.0");
    slow.complete();
    eventually(() -> assertThat(gateway.running.get("a").weight()).isEqualTo(3));
  }

  @Test
  void channelsThatThePluginDoesNotCarryAreRefused() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nchannels: [email, sms]\n");
    start();
    assertThat(gateway.reasons()).containsExactly("channels: plugin mail carries only email");
    assertThat(gateway.running).isEmpty();
  }

  @Test
  void theMainFolderWinsAnIdOverTheSecond() throws Exception {
    Path second = Files.createDirectories(temp.resolve("sandbox"));
    settings = settings.withMoreProviderDirs(List.of(second));
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nweight: 1\n");
    Files.writeString(second.resolve("a.yaml"), "plugin: mail\nweight: 2\n");
    Files.writeString(second.resolve("b.yaml"), "plugin: mail\n");
    PluginSource.plugin("sms", "1.0").moveTo(second.resolve("sms.jar"));
    start();
    assertThat(gateway.running).containsOnlyKeys("a", "b");
    assertThat(gateway.running.get("a").weight()).isEqualTo(1);
    assertThat(gateway.reasons()).hasSize(1);
    assertThat(gateway.reasons().get(0)).contains("its id is already that of");
    assertThat(folder.plugins()).hasSize(1);
    Files.delete(dir.resolve("a.yaml"));
    eventually(() -> assertThat(gateway.running.get("a").weight()).isEqualTo(2));
    assertThat(gateway.events).doesNotContain("stop a");
  }

  @Test
  void unreadableFolderStopsNothing() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    Path away = temp.resolve("away");
    Files.move(dir, away);
    folder.rescan();
    // Comes back with one more file, which marks that the folder was looked at again.
    Files.writeString(away.resolve("marker.yaml"), "plugin: mail\n");
    Files.move(away, dir);
    eventually(() -> assertThat(gateway.running).containsKeys("a", "marker"));
    assertThat(gateway.events).doesNotContain("stop a");
  }

  @Test
  void closingBeginsNoFurtherChanges() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    done(folder.close());
    provider("b.yaml", "plugin: mail\n");
    done(folder.unload());
    assertThat(gateway.events).containsExactly("start a 1.0");
    assertThat(stagedFiles()).isEmpty();
  }

  @Test
  void leftoversOfAnEarlierRunAreCleared() throws Exception {
    Files.createDirectories(settings.stagingDir());
    Files.writeString(settings.stagingDir().resolve("a".repeat(64) + ".jar"), "old");
    Files.writeString(settings.stagingDir().resolve("README"), "not ours");
    start();
    assertThat(stagedFiles()).containsExactly("README");
  }
}

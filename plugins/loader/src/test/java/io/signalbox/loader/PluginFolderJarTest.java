package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.loader.check.PluginTrust;
import io.signalbox.loader.check.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows when jars come, change and go. */
class PluginFolderJarTest extends WatchedFolder {
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
        settings.withTimes(Duration.ofMillis(50), Duration.ofSeconds(4), Duration.ofSeconds(5));
    start();
    Path jar = dir.resolve("mail.jar");
    try (var out = Files.newOutputStream(jar)) {
      for (int i = 0; i < bytes.length; i += bytes.length / 10 + 1) {
        out.write(bytes, i, Math.min(bytes.length / 10 + 1, bytes.length - i));
        long written = Files.size(jar);
        // A slow copy: the next part comes after further looks at the folder.
        await()
            .atMost(Duration.ofSeconds(60))
            .pollDelay(Duration.ofMillis(60))
            .until(() -> Files.size(jar) == written);
      }
    }
    eventually(() -> assertThat(gateway.running).containsKey("a"));
    assertThat(gateway.refusals).isEmpty();
  }
}

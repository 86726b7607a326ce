package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A folder from its first look to its last: what is there, what is bad, what is passed over. */
class PluginFolderTest extends WatchedFolder {
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
  void badContentIsRefusedOnceAndTheOldOneStays() throws Exception {
    Path jar = jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    byte[] good = Files.readAllBytes(jar);
    Path half = Files.write(dir.resolve("half.tmp"), Arrays.copyOf(good, good.length / 2));
    Files.move(half, jar, StandardCopyOption.REPLACE_EXISTING);
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
                        "line 2, weight: must be a whole number from 1 to 1000; line 3, wieght: is"
                            + " not a known key"));
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

package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows when provider files come, change and go. */
class PluginFolderProviderTest extends WatchedFolder {
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
    assertThat(folder.switchedOff()).as("known before it stops").containsExactly("a");
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.DISABLED));
    assertThat(gateway.refusals).isEmpty();
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
  void aSecretThatMovesOutOfTheFileReplacesTheProvider() throws Exception {
    jar("mail", "1.0");
    Path secret = Files.writeString(temp.resolve("secret"), "one");
    provider("a.yaml", "plugin: mail\nconfig: {key: one}\n");
    start();
    assertThat(gateway.running.get("a").literals()).containsExactly("config.key");
    provider("a.yaml", "plugin: mail\nconfig: {key: '${file:" + secret + "}'}\n");
    eventually(() -> assertThat(gateway.running.get("a").literals()).isEmpty());
  }

  @Test
  void hundredsOfFilesAtOnceAllStart() throws Exception {
    jar("mail", "1.0");
    start();
    for (int i = 0; i < 300; i++) {
      provider("p-" + i + ".yaml", "plugin: mail\n");
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
  void replacementsAreNotWaitedForOneAfterTheOther() throws Exception {
    jar("mail", "1.0");
    List<String> ids = IntStream.range(0, 12).mapToObj(i -> "p-" + i).toList();
    for (String id : ids) {
      provider(id + ".yaml", "plugin: mail\n");
    }
    start();
    ids.forEach(id -> gateway.held.put(id, Promise.promise()));
    jar("mail", "2.0");
    // Each would be waited for as long as the settings say: together longer than this wait.
    await()
        .atMost(settings.changeTimeout().multipliedBy(ids.size() / 2))
        .until(() -> gateway.events.stream().filter(e -> e.endsWith(" 2.0")).count() == ids.size());
  }

  @Test
  void whatWasAbandonedAndIsWantedAgainIsStartedAgain() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    Promise<Void> trial = Promise.promise();
    gateway.held.put("a", trial);
    jar("mail", "2.0");
    eventually(() -> assertThat(gateway.events).endsWith("start a 2.0"));
    provider("a.yaml", "plugin: mail\nweight: 3\n");
    eventually(() -> assertThat(gateway.abandoned).containsExactly("a"));
    provider("a.yaml", "plugin: mail\n");
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    gateway.held.remove("a");
    trial.fail(new AbandonedException("its file has changed"));
    eventually(
        () ->
            assertThat(gateway.events)
                .containsExactly("start a 1.0", "start a 2.0", "start marker 2.0", "start a 2.0"));
  }

  @Test
  void channelsThatThePluginDoesNotCarryAreRefused() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nchannels: [email, sms]\n");
    start();
    assertThat(gateway.reasons())
        .containsExactly("line 2, channels: plugin mail carries only email");
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
}

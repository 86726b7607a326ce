package io.signalbox.gateway.guard;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin leaves in its Vert.x goes with it. The rows of the table in docs/plugins.md. */
class UnloadTest {
  @TempDir Path temp;
  private final GuardLifecycle gateway = new GuardLifecycle();
  private PluginFolder folder;
  private Path jar;

  @BeforeEach
  void start() throws Exception {
    Path dir = Files.createDirectories(temp.resolve("plugins"));
    jar = dir.resolve("mail.jar");
    TidyPlugin.source("1.0").writeTo(jar);
    Files.writeString(dir.resolve("mail-eu.yaml"), "plugin: mail\n");
    folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, temp.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(10)),
            gateway);
    BaseGuardTest.done(folder.start());
  }

  @AfterEach
  void stop() throws Exception {
    BaseGuardTest.done(folder.unload());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker",
        "executor",
        "codec",
        "consumer",
        "local",
        "fast_local",
        "map",
        "timer",
        "verticle",
        "client",
        "context_data",
        "logger",
        "json",
        "micrometer",
        "databind"
      })
  void isCollectedWhateverItLeft(String deed) throws Exception {
    deliver(deed);
    Files.delete(jar);
    await().until(() -> folder.leakDetector().unloads() == 1);
    collectUntil(() -> folder.leakDetector().uncollected() == 0);
  }

  /** A method of its own: a variable would hold the provider. */
  private void deliver(String deed) throws Exception {
    assertThat(
            BaseGuardTest.done(
                gateway.running.get("mail-eu").deliver(BaseGuardTest.delivery(deed))))
        .isInstanceOf(Outcome.Sent.class);
  }

  private static void collectUntil(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              System.gc();
              return condition.call();
            });
  }
}

package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A replacement that the gateway keeps back, and code that it still uses. */
class KeptBackTest extends WatchedFolder {
  private static final String REASON = "version 2.0 stays back: its self-check failed: no route";

  /** Of a jar made once: another would have other times in it. */
  private byte[] jarBytes() throws Exception {
    return Files.readAllBytes(jar("mail", "1.0"));
  }

  private void keepBack(Duration retry) throws Exception {
    settings = settings.withRetry(retry);
    if (!Files.exists(dir.resolve("mail.jar"))) {
      jar("mail", "1.0");
    }
    provider("a.yaml", "plugin: mail\n");
    start();
    gateway.throwing.put("a", new KeptBackException(REASON));
    jar("mail", "2.0");
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.KEPT_BACK));
  }

  @Test
  void isToldWithItsReasonWhileTheOldOneRuns() throws Exception {
    keepBack(Duration.ofHours(1));
    assertThat(providerStatus("a.yaml").running()).isTrue();
    assertThat(providerStatus("a.yaml").detail()).isEqualTo(REASON);
    assertThat(pluginStatus("mail.jar").version()).isEqualTo("2.0");
    assertThat(pluginStatus("mail.jar").providers()).isEmpty();
    assertThat(pluginStatus("mail.jar").lastError()).isEqualTo("a: " + REASON);
    assertThat(folder.plugins())
        .anySatisfy(
            old -> {
              assertThat(old.version()).isEqualTo("1.0");
              assertThat(old.providers()).containsExactly("a");
              assertThat(old.lastError()).isEmpty();
            });
  }

  @Test
  void isTriedAgainUntilItTakesOver() throws Exception {
    keepBack(Duration.ofMillis(20));
    eventually(() -> assertThat(gateway.events).hasSizeGreaterThan(4));
    gateway.throwing.clear();
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.RUNNING));
    assertThat(Set.copyOf(gateway.events)).containsExactlyInAnyOrder("start a 1.0", "start a 2.0");
    assertThat(pluginStatus("mail.jar").lastError()).isEmpty();
    eventually(() -> assertThat(folder.plugins()).hasSize(1));
  }

  @Test
  void isForgottenWhenWhatRunsComesBack() throws Exception {
    byte[] before = jarBytes();
    keepBack(Duration.ofHours(1));
    WayOfCopying.MV.put(dir.resolve("mail.jar"), before);
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.RUNNING));
    assertThat(gateway.events).containsExactly("start a 1.0", "start a 2.0");
    assertThat(pluginStatus("mail.jar").lastError()).isEmpty();
  }

  @Test
  void codeStaysInMemoryWhileItIsRetained() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    gateway.retaining.set(true);
    start();
    gateway.retaining.set(false);
    jar("mail", "2.0");
    eventually(() -> assertThat(gateway.events).endsWith("start a 2.0"));
    eventually(
        () ->
            assertThat(folder.plugins())
                .filteredOn(status -> status.state() == PluginStatus.State.RETIRING)
                .hasSize(1));
    LoadedPlugin old = gateway.retained.remove(0);
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    assertThat(old.factory()).isNotNull();
    old.release();
    eventually(() -> assertThat(folder.plugins()).hasSize(1));
  }
}

package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.check.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who keeps jars hears of those that were taken into use, while their staged copies are there. */
class TakenJarsTest extends WatchedFolder {
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @Test
  void eachJarInUseIsToldOnceAndRefusedOnesNever() throws Exception {
    settings =
        settings.withKeeper(
            (file, jar) ->
                taken.add(
                    file.getFileName()
                        + " "
                        + jar.title()
                        + " spi "
                        + jar.spiVersion()
                        + (Files.exists(jar.path()) ? "" : " is gone")));
    Path jar = jar("mail", "1.0");
    start();
    assertThat(taken).containsExactly("mail.jar mail 1.0 spi 1");

    Files.writeString(jar, "no jar");
    eventually(
        () -> assertThat(pluginStatus("mail.jar").state()).isEqualTo(PluginStatus.State.REFUSED));
    assertThat(pluginStatus("mail.jar").stamp()).isEqualTo(FileStamp.of(jar).orElseThrow());
    jar("mail", "2.0");
    eventually(() -> assertThat(taken).hasSize(2));
    assertThat(taken).endsWith("mail.jar mail 2.0 spi 1");
    eventually(() -> assertThat(pluginStatus("mail.jar").sha256()).isEqualTo(Sha256.of(jar)));
  }

  @Test
  void aKeeperThatFailsStopsNothing() throws Exception {
    settings =
        settings.withKeeper(
            (file, jar) -> {
              throw new IllegalStateException("no room");
            });
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    assertThat(gateway.events).containsExactly("start a 1.0");
  }
}

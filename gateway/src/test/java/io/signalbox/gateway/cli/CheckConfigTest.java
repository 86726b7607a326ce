package io.signalbox.gateway.cli;

import static io.signalbox.gateway.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --check-config} says what is wrong, and starts nothing. */
class CheckConfigTest {
  @TempDir private Path folder;

  @Test
  void aConfigurationWithoutMistakesIsSaidToBeSo() throws Exception {
    Path data = folder.resolve("data");
    Path file = Files.writeString(folder.resolve("signalbox.yaml"), "data.dir: " + data + "\n");

    Ran ran = run("serve", "--check-config", "--config", file.toString());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("no mistakes");
    assertThat(data).doesNotExist();
    assertThat(run("serve", "--check-config", "--json").out()).contains("\"valid\":true");
  }

  @Test
  void mistakesAreAllNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("signalbox.yaml"), "http:\n  prot: 1\n");

    Ran ran =
        run("serve", "--check-config", "--config", file.toString(), "--set", "log.level=loud");

    assertThat(ran.exitCode()).isEqualTo(ExitCodes.BAD_CONFIGURATION);
    assertThat(ran.err()).contains("http.prot", "log.level");
  }
}

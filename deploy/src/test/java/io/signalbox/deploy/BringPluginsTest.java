package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of plugins on a volume, over upgrades of the installation. */
class BringPluginsTest {
  @TempDir Path dir;

  private Path home;
  private Path folder;

  @BeforeEach
  void install() throws IOException {
    home = dir.resolve("an installation");
    folder = dir.resolve("volume").resolve("plugins");
    Path script = Files.createDirectories(home.resolve("bin")).resolve("bring-plugins");
    Files.copy(
        Path.of("distribution", "bin", "bring-plugins"),
        script,
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectory(home.resolve("plugins"));
  }

  private void has(String name, String content) throws IOException {
    Files.writeString(home.resolve("plugins").resolve(name), content);
  }

  private void start() {
    CommandRun run =
        CommandRun.script(
            "'" + home + "/bin/bring-plugins' '" + folder + "'",
            dir,
            Map.of(),
            Duration.ofSeconds(60));
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  private Map<String, String> jars() throws IOException {
    Map<String, String> jars = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(".brought")) {
          jars.put(name, Files.readString(file));
        }
      }
    }
    return jars;
  }

  @Test
  void whatTheInstallationBroughtFollowsItsUpgrades() throws IOException {
    has("mail.jar", "1");
    start();
    assertThat(jars()).isEqualTo(Map.of("mail.jar", "1"));

    has("mail.jar", "2");
    has("sms.jar", "2");
    start();
    assertThat(jars()).isEqualTo(Map.of("mail.jar", "2", "sms.jar", "2"));
  }

  @Test
  void whatAnAdminDidStays() throws IOException {
    for (String name : new String[] {"kept.jar", "uploaded.jar", "removed.jar"}) {
      has(name, "1");
    }
    start();
    Files.writeString(folder.resolve("uploaded.jar"), "own");
    Files.writeString(folder.resolve("own.jar"), "own");
    Files.delete(folder.resolve("removed.jar"));
    start();
    for (String name : new String[] {"kept.jar", "uploaded.jar", "removed.jar", "own.jar"}) {
      has(name, "2");
    }
    start();

    assertThat(jars()).isEqualTo(Map.of("kept.jar", "2", "uploaded.jar", "own", "own.jar", "own"));
  }

  @Test
  void whatAnAdminBringsUpToDateFollowsAgain() throws IOException {
    has("mail.jar", "1");
    start();
    has("mail.jar", "2");
    Files.writeString(folder.resolve("mail.jar"), "2");
    start();
    has("mail.jar", "3");
    start();

    assertThat(jars()).isEqualTo(Map.of("mail.jar", "3"));
  }

  @Test
  void aNameIsNoPattern() throws IOException {
    has("aXb.jar", "1");
    has("a.b.jar", "1");
    start();
    has("a.b.jar", "2");
    start();
    has("aXb.jar", "2");
    start();

    assertThat(jars()).isEqualTo(Map.of("aXb.jar", "2", "a.b.jar", "2"));
    assertThat(Files.readAllLines(folder.resolve(".brought"))).hasSize(2);
  }

  @Test
  void whatWasThereBeforeStaysUntilItIsRemovedOnce() throws IOException {
    Files.writeString(Files.createDirectories(folder).resolve("mail.jar"), "0");
    has("mail.jar", "1");
    start();
    start();
    assertThat(jars()).isEqualTo(Map.of("mail.jar", "0"));

    Files.delete(folder.resolve("mail.jar"));
    start();
    has("mail.jar", "2");
    start();
    assertThat(jars()).isEqualTo(Map.of("mail.jar", "2"));
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's launcher, run as a user would. */
class LauncherIT {
  private static final long TIMEOUT_SECONDS = 60;
  private static final Path HOME = Path.of(System.getProperty("signalbox.home"));

  /** How a run of the launcher ended. */
  private record Ended(int exitCode, String output) {}

  @Test
  void startsOnThisJdkWithoutAnyWarning() throws Exception {
    Ended ended = launch(HOME.resolve("bin/signalbox"), Map.of("JAVA_HOME", JavaUnderTest.home()));

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).startsWith("Usage: signalbox").doesNotContainIgnoringCase("warning");
  }

  @Test
  void givesBackWhatAnIdleServerDoesNotNeed() throws Exception {
    String home = JavaUnderTest.home();
    String flags = "-XX:+PrintFlagsFinal";

    Ended ended = serveHelp(Map.of("JAVA_HOME", home, "SIGNALBOX_JAVA_OPTS", flags));
    Ended withOwn =
        serveHelp(
            Map.of(
                "JAVA_HOME", home, "SIGNALBOX_JAVA_OPTS", flags + " -XX:G1PeriodicGCInterval=0"));

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).containsPattern(" G1PeriodicGCInterval += 3000 ");
    assertThat(withOwn.output()).containsPattern(" G1PeriodicGCInterval += 0 ");
  }

  @Test
  void startsThroughASymbolicLink(@TempDir Path folder) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("sb"), HOME.resolve("bin/signalbox"));

    Ended ended = launch(link, Map.of("JAVA_HOME", JavaUnderTest.home()));

    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  @Test
  void passesOverABrokenClassArchiveInSilence(@TempDir Path folder) throws Exception {
    Path home = Files.createDirectory(folder.resolve("a copy"));
    Path launcher = Files.createDirectory(home.resolve("bin")).resolve("signalbox");
    Files.copy(HOME.resolve("bin/signalbox"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(home.resolve("lib"), HOME.resolve("lib"));
    Path cache = Files.createDirectory(home.resolve("cache"));
    Files.writeString(cache.resolve("signalbox-cli-" + version() + ".jsa"), "not an archive");

    Ended ended = launch(launcher, Map.of("JAVA_HOME", JavaUnderTest.home()));

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).startsWith("Usage: signalbox").doesNotContainIgnoringCase("archive");
  }

  @Test
  void saysWhatIsWrongWithAWrongJavaHome(@TempDir Path folder) throws Exception {
    Ended ended = launch(HOME.resolve("bin/signalbox"), Map.of("JAVA_HOME", folder.toString()));

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.output()).contains("JAVA_HOME", "17 or newer");
  }

  @Test
  void refusesAJavaThatIsTooOld(@TempDir Path folder) throws Exception {
    Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    Ended ended = launch(HOME.resolve("bin/signalbox"), Map.of("JAVA_HOME", folder.toString()));

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.output()).contains("11.0.2", "17 or newer");
  }

  private static String version() throws IOException {
    return Files.readAllLines(Path.of(JavaUnderTest.home(), "release")).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
        .findFirst()
        .orElseThrow();
  }

  private static Ended serveHelp(Map<String, String> environment)
      throws IOException, InterruptedException {
    return launch(HOME.resolve("bin/signalbox"), environment, "serve", "--help");
  }

  private static Ended launch(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    return launch(launcher, environment, "--help");
  }

  private static Ended launch(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("XDG_CACHE_HOME", HOME.resolveSibling("caches").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}

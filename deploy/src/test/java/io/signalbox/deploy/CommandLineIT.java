package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as processes: what they end with, on terminals and in pipes. */
@Timeout(400)
class CommandLineIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SECOND_SCREEN = "\u001b[?1049h";
  private static final String FIRST_SCREEN = "\u001b[?1049l";
  private static final String CURSOR = "\u001b[?25h";
  private static final byte CTRL_C = 3;

  /** The gateway has no provider, and so no channel works. */
  private static final String MODE = "CRITICAL for";

  private static final Pattern TWO_LOOKS = Pattern.compile("(?s)" + MODE + ".*" + MODE);

  @TempDir static Path dir;
  private static GatewayProcess gateway;
  private static Map<String, String> environment;

  @BeforeAll
  static void start() throws IOException {
    GatewaySettings settings = GatewaySettings.in(dir.resolve("data"));
    gateway = GatewayProcess.start(settings);
    Path token = Files.writeString(dir.resolve("token"), AdminToken.of(settings.dataDir()) + "\n");
    Path client =
        Files.writeString(
            dir.resolve("client"), "url=" + gateway.url() + "\ntoken_file=" + token + "\n");
    environment =
        new HashMap<>(
            Map.of(
                "SIGNALBOX_CLIENT_FILE",
                client.toString(),
                "TERM",
                "xterm",
                "XDG_CACHE_HOME",
                dir.resolve("cache").toString()));
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void exitCodesAndOneLineOnStderrSayWhatIsWrong() {
    CommandRun status = CommandRun.signalbox(environment, "status");
    assertThat(status.exitCode()).as("%s", status).isZero();
    assertThat(status.out()).contains(gateway.url() + " is ready").doesNotContain("\u001b");

    Map<String, String> stranger = new HashMap<>(environment);
    stranger.put("SIGNALBOX_TOKEN", "x");
    refused(CommandRun.signalbox(stranger, "status"), 77, "signalbox token --role");
    refused(CommandRun.signalbox(stranger, "monitor-health", "--once"), 77, "HTTP 401");
    assertThat(CommandRun.signalbox(stranger, "monitor-health", "--check").exitCode()).isEqualTo(3);
    String elsewhere = "http://127.0.0.1:1";
    refused(CommandRun.signalbox(stranger, "status", "--url", elsewhere), 69, "--url");
    // The client file's token is not for another gateway.
    String none = "data.dir=" + dir.resolve("none");
    refused(
        CommandRun.signalbox(environment, "status", "--url", elsewhere, "--set", none),
        77,
        "no token is given");
    CommandRun away =
        CommandRun.signalbox(stranger, "monitor-health", "--check", "--url", elsewhere);
    assertThat(away.exitCode()).isEqualTo(2);
    assertThat(away.out()).startsWith("SIGNALBOX CRITICAL - http://127.0.0.1:1 does not answer");
    refused(CommandRun.signalbox(environment, "statsu"), 2, "did you mean status");
    refused(CommandRun.signalbox(environment, "monitor-health", "--chekc"), 3, "--help");
  }

  private static void refused(CommandRun run, int exitCode, String nextStep) {
    assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
    assertThat(run.err().lines()).as("%s", run).hasSize(1);
    assertThat(run.err()).startsWith("signalbox: ").contains(nextStep);
    assertThat(run.out()).as("%s", run).isEmpty();
  }

  @Test
  void ctrlCLeavesTheTerminalAsItWas() throws Exception {
    Process script = onTerminal(environment, "monitor-health", "--interval", "500ms");
    StringBuilder seen = readUntil(script, TWO_LOOKS);
    assertThat(seen).contains(SECOND_SCREEN);
    endByCtrlC(script, seen);
    assertThat(seen.toString().substring(seen.lastIndexOf(SECOND_SCREEN)))
        .contains(CURSOR, FIRST_SCREEN);
    assertThat(seen.toString().substring(seen.lastIndexOf(FIRST_SCREEN))).doesNotContain(MODE);
  }

  @Test
  void aTerminalThatCanDoLittleIsAskedForLittle() throws Exception {
    Map<String, String> dumb = new HashMap<>(environment);
    dumb.put("TERM", "dumb");
    Process script = onTerminal(dumb, "monitor-health", "--interval", "500ms");
    StringBuilder seen = readUntil(script, TWO_LOOKS);
    assertThat(seen).doesNotContain("\u001b");
    endByCtrlC(script, seen);
  }

  @Test
  void coloursAreForTerminalsAndForThoseWhoWantThem() throws Exception {
    assertThat(shown(environment)).contains("\u001b[31;1m" + MODE);
    Map<String, String> without = new HashMap<>(environment);
    without.put("NO_COLOR", "1");
    assertThat(shown(without)).contains(MODE).doesNotContain("\u001b[");
  }

  private static String shown(Map<String, String> settings) throws Exception {
    Process script = onTerminal(settings, "monitor-health", "--once");
    String out = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void bashReadsTheCompletionAndCompletes() throws IOException {
    CommandRun script = CommandRun.signalbox(environment, "completion", "bash");
    assertThat(script.exitCode()).isZero();
    Files.writeString(dir.resolve("completion"), script.out());
    CommandRun completed =
        CommandRun.script(
            "exec bash --norc -c '. ./completion;"
                + " COMP_WORDS=(signalbox monitor-health --on); COMP_CWORD=2;"
                + " _complete_signalbox; echo \"${COMPREPLY[@]}\"; complete -p signalbox'",
            dir,
            Map.of(),
            LIMIT);
    assertThat(completed.out()).as("%s", completed).contains("--once").contains("-F");
  }

  @Test
  void theFirstStartRecordsClassesForTheNext() throws IOException {
    Map<String, String> fresh = new HashMap<>(environment);
    Path caches = dir.resolve("fresh");
    fresh.put("XDG_CACHE_HOME", caches.toString());
    Path installed = Distribution.unpackedIn(dir.resolve("installation"));
    CommandRun first = installed(installed, fresh);
    assertThat(first.exitCode()).as("%s", first).isZero();
    assertThat(archives(caches)).hasSize(1);
    CommandRun second = installed(installed, fresh);
    assertThat(second).isEqualTo(first);
    assertThat(archives(caches)).hasSize(1).allMatch(file -> file.toString().endsWith(".jsa"));
    Files.writeString(makeWritable(archives(caches).get(0)), "not an archive");
    assertThat(installed(installed, fresh)).isEqualTo(first);
    assertThat(archives(caches)).hasSize(1);
  }

  @Test
  void aFirstStartIsTheProcessThatWasStarted() throws Exception {
    Map<String, String> fresh = new HashMap<>(environment);
    fresh.put("XDG_CACHE_HOME", dir.resolve("first").toString());
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout((int) LIMIT.toMillis());
      fresh.put("SIGNALBOX_URL", "http://127.0.0.1:" + silent.getLocalPort());
      fresh.put("SIGNALBOX_TOKEN", "x");
      Process process =
          Distribution.launcher(
                  Distribution.unpackedIn(dir.resolve("first-installation")),
                  fresh,
                  List.of("status"))
              .start();
      // Whoever asks is the JVM: no shell is left that would keep a signal to itself.
      try (Socket asked = silent.accept()) {
        assertThat(asked.isConnected()).isTrue();
        assertThat(process.info().command().orElse("")).endsWith("/java");
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void whatIsAskedForMostTakesItsClassesFromTheArchive() throws IOException {
    Map<String, String> logging = new HashMap<>(environment);
    Path installed = Distribution.unpackedIn(dir.resolve("logged-installation"));
    logging.put("XDG_CACHE_HOME", dir.resolve("logged").toString());
    logging.put("JAVA_HOME", Distribution.property("signalbox.java"));
    // The token is made by the command.
    logging.put("SIGNALBOX_CLIENT_FILE", Files.writeString(dir.resolve("none"), "").toString());
    logging.put("SIGNALBOX_URL", gateway.url());
    logging.put("SIGNALBOX_DATA_DIR", dir.resolve("data").toString());
    String status = "'" + installed.resolve("bin/signalbox") + "' status";
    assertThat(CommandRun.script(status, dir, logging, LIMIT).exitCode()).isZero();
    Path classes = dir.resolve("classes");
    logging.put("SIGNALBOX_JAVA_OPTS", "-Xlog:class+load:file=" + classes);
    assertThat(CommandRun.script(status, dir, logging, LIMIT).exitCode()).isZero();

    List<String> loaded = Files.readAllLines(classes);
    Report.print(
        "status loads %d classes, %d of them from no archive",
        loaded.size(), loaded.stream().filter(line -> !line.contains("shared objects")).count());
    // What takes long to start, and is of no use to a command that asks a gateway.
    assertThat(loaded)
        .noneMatch(line -> line.contains(" com.fasterxml.jackson.databind."))
        .noneMatch(line -> line.contains(" javax.crypto.JceSecurity "))
        .noneMatch(line -> line.contains(" ch.qos.logback."));
    // All of picocli is too old for archives.
    assertThat(loaded)
        .filteredOn(line -> line.contains(" source: file:") && !line.contains("/picocli-"))
        .hasSizeLessThan(20);
  }

  private static Path makeWritable(Path file) {
    assertThat(file.toFile().setWritable(true)).isTrue();
    return file;
  }

  private static CommandRun installed(Path home, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("JAVA_HOME", JavaUnderTest.home());
    return CommandRun.script(
        "'" + home.resolve("bin/signalbox") + "' status --help", dir, all, LIMIT);
  }

  private static List<Path> archives(Path caches) throws IOException {
    try (Stream<Path> files = Files.list(caches.resolve("signalbox"))) {
      return files.toList();
    }
  }

  /** A command on a terminal of its own, which the program script of util-linux makes. */
  private static Process onTerminal(Map<String, String> settings, String... arguments)
      throws IOException {
    ProcessBuilder launcher = Distribution.launcher(settings, List.of(arguments));
    String line =
        String.join(" ", launcher.command().stream().map(word -> "'" + word + "'").toList());
    // Whoever starts the tests in the background has Ctrl-C ignored, and so would all its children.
    String hears = "env --default-signal=INT " + line;
    return launcher.command("script", "-qec", hears, "/dev/null").start();
  }

  private static void endByCtrlC(Process script, StringBuilder seen) throws Exception {
    script.getOutputStream().write(CTRL_C);
    script.getOutputStream().flush();
    boolean ended = script.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      script.destroyForcibly();
    }
    assertThat(ended).as("%s", seen).isTrue();
    seen.append(new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertThat(script.exitValue()).as("%s", seen).isEqualTo(130);
  }

  /** Reads only what is there: a read would wait for a process that says nothing. */
  private static StringBuilder readUntil(Process process, Pattern pattern) {
    StringBuilder seen = new StringBuilder();
    InputStream out = process.getInputStream();
    await("two looks")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              byte[] some = out.readNBytes(out.available());
              seen.append(new String(some, StandardCharsets.UTF_8));
              assertThat(seen).containsPattern(pattern);
            });
    return seen;
  }
}

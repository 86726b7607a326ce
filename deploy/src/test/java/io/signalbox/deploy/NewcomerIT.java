package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who has just come: the commands of the README and of docs/installing.md are carried out
 * as they stand there, in an empty folder, up to a failover that was watched.
 */
@Timeout(500)
class NewcomerIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("(?m)^Signalbox ready on (http://\\S+) in");
  private static final Pattern ACCEPTED =
      Pattern.compile("(?m)([0-9a-f]{8}-[0-9a-f-]{27}) queued$");
  private static final Pattern TIMELINE = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",.*state");

  /** What {@code ./run} hashes to see whether it must build. */
  private static final List<String> SOURCES =
      List.of("pom.xml", "LICENSE", ".mvn", "docs", "plugins", "providers", "scoring", "gateway");

  @TempDir Path folder;

  private final int port = RestartPort.free();
  private final int sandboxPort = RestartPort.free();
  private final String url = "http://127.0.0.1:" + port;

  @Test
  void theReadmeLeadsFromACloneToAFailover() throws IOException {
    Map<String, String> steps = DocumentSteps.of(REPOSITORY.resolve("README.md"));
    assertThat(steps.keySet()).containsExactly("run", "token", "send", "look", "break", "mend");
    Path clone = cloneThatIsBuilt();
    Map<String, String> environment = environment();
    // The folder's own, as for anybody who has set nothing.
    environment.remove("SIGNALBOX_DATA_DIR");

    try (RunningProcess gateway = background(steps.get("run"), clone, environment)) {
      gateway.awaitOutput(READY, LIMIT);
      ApiClient api = new ApiClient(url, AdminToken.of(clone.resolve("data")));

      String lines =
          String.join(
              "\n", steps.get("token"), steps.get("send"), steps.get("look"), steps.get("break"));
      String printed = run(lines, clone, environment);

      assertThat(printed).contains("\"status\":\"queued\"");
      Matcher first = TIMELINE.matcher(printed);
      assertThat(first.find()).as(printed).isTrue();
      Timeline sent =
          Settling.awaitAll(api, List.of(first.group(1)), LIMIT, Timeline::isDelivered).get(0);
      assertThat(sent.attempts().get(0).provider()).isEqualTo("sendgrid");

      Matcher second = ACCEPTED.matcher(printed);
      assertThat(second.find()).as(printed).isTrue();
      Timeline failedOver =
          Settling.awaitAll(api, List.of(second.group(1)), LIMIT, Timeline::isDelivered).get(0);
      assertThat(failedOver.attempts())
          .extracting(Timeline.Attempt::provider)
          .containsExactly("sendgrid", "resend");
      assertThat(failedOver.attempts().get(0).outcome()).isEqualTo("transient");

      assertThat(run(steps.get("mend"), clone, environment)).contains("sendgrid", "resend");
    }
  }

  @Test
  void theArchiveIsUnpackedAndRuns() throws IOException {
    Map<String, String> steps =
        DocumentSteps.of(REPOSITORY.resolve("docs").resolve("installing.md"));
    assertThat(steps.keySet()).containsExactly("unpack", "serve", "look");
    Path archive = Path.of(Distribution.property("signalbox.archive"));
    Files.createSymbolicLink(folder.resolve(archive.getFileName()), archive);
    Map<String, String> environment = environment();

    String where = run(steps.get("unpack") + "pwd", folder, environment);
    assertThat(where).contains("no mistakes");
    Path home = Path.of(where.substring(where.strip().lastIndexOf('\n') + 1).strip());
    assertThat(home.resolve("examples/one-node.yaml")).exists();
    assertThat(home.resolve("systemd/signalbox.service")).exists();

    try (RunningProcess gateway = background(steps.get("serve"), home, environment)) {
      gateway.awaitOutput(READY, LIMIT);
      String printed = run(steps.get("look"), home, environment);
      assertThat(printed).contains("\"ready\"").containsPattern(ACCEPTED).contains("sendgrid");
      assertThat(gateway.stop()).isZero();
    }
  }

  /** The files that {@code ./run} looks at, and what it would have built. */
  private Path cloneThatIsBuilt() throws IOException {
    Path clone = Files.createDirectories(folder.resolve("signalbox"));
    for (String source : SOURCES) {
      Files.createSymbolicLink(clone.resolve(source), REPOSITORY.resolve(source));
    }
    Path target = Files.createDirectories(clone.resolve("deploy/target"));
    Files.createSymbolicLink(
        clone.resolve("deploy/setup.sh"), REPOSITORY.resolve("deploy/setup.sh"));
    Files.createSymbolicLink(target.resolve("signalbox"), Distribution.home());
    Files.copy(REPOSITORY.resolve("run"), clone.resolve("run"));
    assertThat(clone.resolve("run").toFile().setExecutable(true)).isTrue();
    run(
        "bash -c 'eval \"$(sed -n \"/^source_hash()/,/^}/p\" run)\";"
            + " source_hash > deploy/target/sources.sha1'",
        clone,
        Map.of());
    return clone;
  }

  /**
   * Free ports; the first choice without chance; no provider that looks slow, as the machine is.
   */
  private Map<String, String> environment() {
    Path providers = folder.resolve("patient-providers");
    Distribution.copySandboxProviders(
        providers, SandboxProvider.all().stream().map(SandboxProvider::id).toList());
    GatewaySettings patient =
        new GatewaySettings(Map.of("sandbox.providers_dir", providers.toString()))
            .withAttemptTimeout("30s");
    return new HashMap<>(
        Distribution.launcher(
                patient
                    .with("http.port", port)
                    .with("sandbox.port", sandboxPort)
                    .with("scoring.exploration", 0)
                    .environment(),
                List.of())
            .environment());
  }

  private static RunningProcess background(
      String line, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + line).directory(folder.toFile());
    builder.environment().putAll(environment);
    return RunningProcess.start("newcomer", builder);
  }

  private String run(String lines, Path folder, Map<String, String> environment) {
    String here =
        lines
            .replace("http://127.0.0.1:8080", url)
            .replaceAll("(?m)simulate \\S+ \\S+$", "$0 --url http://127.0.0.1:" + sandboxPort);
    CommandRun run = CommandRun.script(here, folder, environment, LIMIT);
    assertThat(run.exitCode()).as("%s\n%s", here, run).isZero();
    return run.out();
  }
}

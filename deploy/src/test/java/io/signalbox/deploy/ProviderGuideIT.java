package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An author outside of this repository: the commands of docs/writing-a-provider.md, as they stand
 * there, lead from nothing but a distribution to a delivered notification.
 */
@Timeout(600)
class ProviderGuideIT {
  private static final Path GUIDE = Path.of("..", "docs", "writing-a-provider.md");
  private static final Pattern STAND_IN =
      Pattern.compile("(?m)is on http://127\\.0\\.0\\.1:(\\d+)$");
  private static final Pattern TESTS = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0");

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** The ports that the page has; the test takes free ones. */
  private static final String GATEWAY = "http://127.0.0.1:8080";

  private static final String STAND_IN_PORT = "9099";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Path project;
  private GatewayProcess gateway;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    Path home = Distribution.unpackedIn(directory.resolve("signalbox"));
    Path data = directory.resolve("data");
    project = directory.resolve("postino");
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data)
                .with("plugins.dir", home.resolve("plugins"))
                .with("plugins.literal_secrets", true));
    api = gateway.admin();
    environment.put("SIGNALBOX_HOME", home.toString());
    environment.put("SIGNALBOX_DATA_DIR", data.toString());
    environment.put("SIGNALBOX_URL", gateway.url());
    asOnAnAuthorsMachine();
  }

  /**
   * JDK and Maven of this build, and a home of its own: nothing of this project is installed there,
   * and nothing gets into the real one. What Maven Central would deliver comes from the files that
   * this build has downloaded.
   */
  private void asOnAnAuthorsMachine() throws IOException {
    Path userHome = directory.resolve("home");
    Path settings = Files.createDirectories(userHome.resolve(".m2")).resolve("settings.xml");
    String repository =
        "<id>central</id><url>"
            + Path.of(Distribution.property("signalbox.maven.repository")).toUri()
            + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>";
    Files.writeString(
        settings,
        "<settings><activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles>"
            + "<profiles><profile><id>downloaded</id><repositories><repository>"
            + repository
            + "</repository></repositories><pluginRepositories><pluginRepository>"
            + repository
            + "</pluginRepository></pluginRepositories></profile></profiles></settings>");
    String java = System.getProperty("java.home");
    environment.put("JAVA_HOME", java);
    environment.put("MAVEN_OPTS", "-Xmx256m -Duser.home=" + userHome);
    environment.put(
        "PATH",
        String.join(
            ":",
            java + "/bin",
            Distribution.property("signalbox.maven.home") + "/bin",
            System.getenv("PATH")));
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void thePageLeadsFromNothingToADeliveredNotification() throws IOException {
    Map<String, String> steps = steps();
    assertThat(steps.keySet()).containsExactly("make", "build", "stand-in", "drop", "live", "send");

    run(steps.get("make"), directory);
    CommandRun build = run(steps.get("build"), directory);
    assertThat(testsOf(build)).as("tests of the kit; %s", build).isGreaterThan(50);

    ProcessBuilder standIn =
        new ProcessBuilder("sh", "-c", "exec " + steps.get("stand-in")).directory(project.toFile());
    standIn.environment().putAll(environment);
    try (RunningProcess process = RunningProcess.start("stand-in", standIn)) {
      String port = process.awaitOutput(STAND_IN, LIMIT).group(1);
      Path file = project.resolve("postino.yaml");
      Files.writeString(file, Files.readString(file).replace(STAND_IN_PORT, port));

      run(steps.get("drop"), project);
      await("the provider runs").atMost(LIMIT).until(this::runs);
      assertThat(run(steps.get("live"), project).out()).contains("postino").contains("active");

      CommandRun sent = run(steps.get("send"), directory.resolve("signalbox"));
      String id = new JsonObject(sent.out()).getString("id");
      Timeline ended = Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isDelivered).get(0);
      assertThat(ended.attempts().get(0).provider()).isEqualTo("postino");
    }
  }

  /** The largest count is that of all classes. */
  private static int testsOf(CommandRun build) {
    return TESTS
        .matcher(COLOUR.matcher(build.out()).replaceAll(""))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .max()
        .orElse(0);
  }

  private boolean runs() {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .anyMatch(
            provider ->
                "postino".equals(provider.getString("id"))
                    && "active".equals(provider.getString("stage")));
  }

  private CommandRun run(String lines, Path folder) {
    CommandRun run = CommandRun.script(lines, folder, environment, BUILD_LIMIT);
    assertThat(run.exitCode()).as("%s\n%s", lines, run).isZero();
    return run;
  }

  /** The page's commands by their names, in order, with ports that are free here. */
  private Map<String, String> steps() {
    Map<String, String> steps = new LinkedHashMap<>();
    DocumentSteps.of(GUIDE)
        .forEach(
            (name, lines) ->
                steps.put(name, lines.replace(GATEWAY, gateway.url()).replace(STAND_IN_PORT, "0")));
    return steps;
  }
}

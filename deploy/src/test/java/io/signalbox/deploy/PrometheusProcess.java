package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A real Prometheus (Debian's package) that scrapes one gateway each second. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("Server is ready to receive web requests");

  private final RunningProcess process;
  private final ApiClient api;

  private PrometheusProcess(RunningProcess process, ApiClient api) {
    this.process = process;
    this.api = api;
  }

  /**
   * Starts one.
   *
   * @param folder of its own
   * @param gateway URL of what it scrapes
   * @param token that it shows there
   * @param rules its alerts
   */
  static PrometheusProcess start(Path folder, String gateway, String token, Path rules)
      throws IOException {
    Files.createDirectories(folder);
    Path credentials = Files.writeString(folder.resolve("token"), token);
    String target = URI.create(gateway).getAuthority();
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yaml"),
            String.join(
                "\n",
                "global: {scrape_interval: 1s, evaluation_interval: 1s}",
                "rule_files: ['" + rules + "']",
                "scrape_configs:",
                "  - job_name: signalbox",
                "    authorization: {credentials_file: '" + credentials + "'}",
                "    static_configs: [{targets: ['" + target + "']}]",
                ""));
    int port = RestartPort.free();
    RunningProcess process =
        RunningProcess.start(
            "prometheus",
            new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=exemplar-storage"));
    process.awaitOutput(READY, START_LIMIT);
    return new PrometheusProcess(process, new ApiClient("http://127.0.0.1:" + port, ""));
  }

  private JsonObject ask(String path) {
    return api.get("/api/v1/" + path).json(200);
  }

  /** What it scrapes. */
  JsonArray targets() {
    return ask("targets?state=active").getJsonObject("data").getJsonArray("activeTargets");
  }

  /** The groups of its rules. */
  JsonArray ruleGroups() {
    return ask("rules").getJsonObject("data").getJsonArray("groups");
  }

  /** The names of all metrics that it has. */
  Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    ask("label/__name__/values").getJsonArray("data").forEach(name -> names.add((String) name));
    return names;
  }

  /** What an expression gives now; fails if it is none. */
  JsonArray query(String expression) {
    return ask("query?query=" + encoded(expression)).getJsonObject("data").getJsonArray("result");
  }

  /** The exemplars of a metric in the last minutes. */
  JsonArray exemplars(String metric) {
    long now = System.currentTimeMillis() / 1000;
    return ask("query_exemplars?query="
            + encoded(metric)
            + "&start="
            + (now - 600)
            + "&end="
            + (now + 60))
        .getJsonArray("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.close();
  }
}

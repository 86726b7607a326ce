package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A dashboard that is shipped for Grafana. */
record Dashboard(String name, JsonObject json) {
  private static final Path FOLDER = Path.of("monitoring", "grafana", "dashboards");

  /** All of them. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), new JsonObject(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it asks Prometheus, with every variable as if all were chosen. */
  List<String> queries() {
    return panels()
        .flatMap(panel -> objects(panel.getJsonArray("targets")))
        .map(target -> target.getString("expr").replaceAll("\\$\\w+", ".*"))
        .toList();
  }

  /** The metrics that its variables take their values from. */
  Set<String> metricsOfVariables() {
    return objects(json.getJsonObject("templating").getJsonArray("list"))
        .map(variable -> variable.getString("query").replaceAll("label_values\\((\\w+),.*", "$1"))
        .collect(Collectors.toSet());
  }

  /** The ids of all data sources that it asks. */
  Set<String> dataSources() {
    return panels()
        .map(panel -> panel.getJsonObject("datasource").getString("uid"))
        .collect(Collectors.toSet());
  }

  private Stream<JsonObject> panels() {
    return objects(json.getJsonArray("panels"));
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}

package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dashboard that is shipped for Grafana. */
record Dashboard(JsonObject json) {
  private static final Path FILE = Path.of("compose", "grafana", "dashboards", "signalbox.json");

  /** A word with an underscore that stands at no function's or label's place. */
  private static final Pattern METRIC = Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)\\b(?!\\s*[(=])");

  static Dashboard read() {
    try {
      return new Dashboard(new JsonObject(Files.readString(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all metrics that it asks for. */
  Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    panels()
        .flatMap(panel -> objects(panel.getJsonArray("targets")))
        .forEach(
            target -> {
              Matcher metric = METRIC.matcher(target.getString("expr"));
              while (metric.find()) {
                names.add(metric.group(1));
              }
            });
    return names;
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

package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plugins for people. Pure functions. */
final class PluginsText {
  // Enough to tell jars apart at a glance; all digits stand where they can be copied.
  private static final int SHORT_HASH = 12;

  private PluginsText() {}

  /** The lines for one plugin, or for a list of them. */
  static List<String> of(JsonObject answer) {
    List<String> lines = new ArrayList<>();
    JsonArray plugins = answer.getJsonArray("plugins");
    if (plugins == null) {
      plugin(answer, lines);
      lines.add("    sha256 " + answer.getString("sha256", "none"));
      JsonObject change = answer.getJsonObject("change");
      if (change != null) {
        lines.add("    last order: " + change.getString("outcome") + nodes(change));
      }
      return lines;
    }
    for (Object each : plugins) {
      if (each instanceof JsonObject plugin) {
        plugin(plugin, lines);
      }
    }
    if (plugins.isEmpty()) {
      lines.add("no plugins");
    }
    return lines;
  }

  private static void plugin(JsonObject plugin, List<String> lines) {
    lines.add(
        String.format(
                Locale.ROOT,
                "%-14s %-16s %-12s %-10s SPI %-6s %s",
                plugin.getString("name"),
                plugin.getString("version", "-"),
                hash(plugin.getString("sha256", "-")),
                plugin.getString("state"),
                plugin.getString("spi_version", "-"),
                origin(plugin))
            .stripTrailing());
    for (Object each : plugin.getJsonArray("providers", new JsonArray())) {
      if (each instanceof JsonObject provider) {
        String detail = provider.getString("detail", "");
        lines.add(
            "    provider "
                + provider.getString("id")
                + ": "
                + provider.getString("state")
                + (detail.isEmpty() ? "" : ", " + detail));
      }
    }
    String error = plugin.getString("last_error", "");
    if (!error.isEmpty()) {
      lines.add("    last error: " + error);
    }
    for (Object leaked : plugin.getJsonArray("leaked", new JsonArray())) {
      lines.add("    still in memory: " + leaked);
    }
    for (Object each : plugin.getJsonArray("previous", new JsonArray())) {
      if (each instanceof JsonObject version) {
        lines.add(
            "    previous: "
                + version.getString("version")
                + " "
                + version.getString("sha256")
                + " "
                + origin(version));
      }
    }
  }

  /** What a change has come to, in a line. */
  static String outcome(JsonObject answer) {
    String name = answer.getString("name");
    String after = hash(answer.getString("after", ""));
    String detail = answer.getString("detail", "");
    String version = answer.getJsonObject("plugin", new JsonObject()).getString("version", "");
    String line =
        switch (answer.getString("outcome", "")) {
          case "running" -> name + " " + version + " runs (" + after + ")";
          case "loaded" -> name + " " + version + " is loaded (" + after + "), no provider uses it";
          case "unchanged" -> name + " " + version + " was in use already (" + after + ")";
          case "removed" -> name + " is removed; plugins rollback " + name + " puts it back";
          case "stopped" -> name + " is changed here, and not on all nodes" + nodes(answer);
          case "rolling" ->
              name
                  + " is changed here and goes on to the other nodes; plugins list "
                  + name
                  + " tells";
          default -> name + " is not ready yet, look again with: plugins list " + name;
        };
    return detail.isEmpty() ? line : line + ": " + detail;
  }

  private static String nodes(JsonObject answer) {
    StringBuilder nodes = new StringBuilder();
    for (Object each : answer.getJsonArray("nodes", new JsonArray())) {
      if (each instanceof JsonObject node) {
        String detail = node.getString("detail", "");
        nodes
            .append("\n    ")
            .append(node.getString("node"))
            .append(": ")
            .append(node.getString("outcome"))
            .append(detail.isEmpty() ? "" : ", " + detail);
      }
    }
    return nodes.toString();
  }

  private static String origin(JsonObject json) {
    String since = json.getString("since", "");
    if (since.isEmpty()) {
      return "";
    }
    String by = json.getString("by", "");
    return "since " + since + " by " + json.getString("source") + (by.isEmpty() ? "" : " of " + by);
  }

  private static String hash(String sha256) {
    return sha256.length() > SHORT_HASH ? sha256.substring(0, SHORT_HASH) : sha256;
  }
}

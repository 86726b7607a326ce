package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drill and its report for people. */
final class DrillText {
  private DrillText() {}

  /** One line of a list. */
  static String line(JsonObject drill) {
    return String.format(
        Locale.ROOT,
        "%s %-8s %-8s %-20s %-12s %s %s",
        drill.getString("id"),
        drill.getString("state"),
        drill.getString("kind"),
        drill.getString("provider"),
        drill.getString("mode", "-"),
        drill.getString("started_at"),
        drill.getString("reason", ""));
  }

  /** The whole report. */
  static List<String> lines(JsonObject drill) {
    List<String> lines = new ArrayList<>();
    lines.add(line(drill));
    JsonObject report = drill.getJsonObject("report");
    if (report == null || report.isEmpty()) {
      return lines;
    }
    if ("live".equals(drill.getString("kind"))) {
      live(report, lines);
    } else {
      simulated(report, lines);
    }
    for (Object finding : report.getJsonArray("findings", new JsonArray())) {
      lines.add("  finding            " + finding);
    }
    lines.add("  verdict            " + report.getString("verdict", ""));
    return lines;
  }

  private static void simulated(JsonObject report, List<String> lines) {
    add(
        lines,
        "sent",
        report.getValue("sent")
            + ", of which "
            + report.getValue("met_the_fault")
            + " met the fault");
    add(lines, "states", report.getJsonObject("states", new JsonObject()).encode());
    add(lines, "lost", report.getValue("lost"));
    add(
        lines,
        "duplicated",
        report.getValue("duplicated")
            + " (marked as possible: "
            + report.getValue("marked_as_possible_duplicate")
            + ")");
    add(lines, "wasted attempts", report.getValue("wasted_attempts"));
    JsonObject detection = report.getJsonObject("detection", new JsonObject());
    add(
        lines,
        "time to detect",
        "breaker open "
            + millis(detection.getValue("breaker_open_ms"))
            + ", degraded "
            + millis(detection.getValue("degraded_ms"))
            + ", first avoided "
            + millis(detection.getValue("first_avoided_ms"))
            + " after the first failure");
    add(
        lines,
        "time to fail over",
        spread(report.getJsonObject("failover", new JsonObject()).getJsonObject("added_ms")));
    add(lines, "delivery before", spread(report.getJsonObject("delivery_before_ms")));
    add(lines, "delivery during", spread(report.getJsonObject("delivery_during_ms")));
    JsonObject recovery = report.getJsonObject("recovery", new JsonObject());
    add(
        lines,
        "recovery",
        Boolean.TRUE.equals(recovery.getBoolean("waited_for"))
            ? "first success "
                + millis(recovery.getValue("first_success_ms"))
                + ", breaker closed "
                + millis(recovery.getValue("breaker_closed_ms"))
                + " after the fault was gone"
            : "not waited for");
  }

  private static void live(JsonObject report, List<String> lines) {
    JsonObject withheld = report.getJsonObject("withheld", new JsonObject());
    add(lines, "lasted", millis(report.getValue("lasted_ms")));
    add(lines, "withheld", group(withheld));
    add(lines, "went to", withheld.getJsonObject("went_to", new JsonObject()).encode());
    add(lines, "the rest", group(report.getJsonObject("rest", new JsonObject())));
    add(lines, "failures before", report.getValue("failure_share_before"));
    add(lines, "spared", report.getValue("spared"));
  }

  private static String group(JsonObject group) {
    return group.getValue("attempts")
        + " attempts, success "
        + (group.getValue("success_share") == null ? "-" : group.getValue("success_share"))
        + ", "
        + spread(group.getJsonObject("latency_ms"));
  }

  private static void add(List<String> lines, String name, @Nullable Object value) {
    lines.add(String.format(Locale.ROOT, "  %-18s %s", name, value));
  }

  private static String millis(@Nullable Object value) {
    return value == null ? "never" : value + " ms";
  }

  private static String spread(@Nullable JsonObject spread) {
    return spread == null || spread.getValue("p50") == null
        ? "no values"
        : "median "
            + millis(spread.getValue("p50"))
            + ", p95 "
            + millis(spread.getValue("p95"))
            + ", max "
            + millis(spread.getValue("max"));
  }
}

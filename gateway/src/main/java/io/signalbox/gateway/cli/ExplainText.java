package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What would happen to a notification, for people. */
final class ExplainText {
  private ExplainText() {}

  static List<String> lines(JsonObject answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "now: "
            + answer.getString("what")
            + (answer.getString("chosen") == null
                ? ""
                : " at "
                    + answer.getString("chosen")
                    + " over "
                    + answer.getString("chosen_channel")));
    JsonObject lane = answer.getJsonObject("lane", new JsonObject());
    lines.add(
        "lane: "
            + lane.getString("channel")
            + " "
            + lane.getString("priority")
            + ", "
            + lane.getValue("due")
            + " wait before it");
    JsonObject policy = answer.getJsonObject("policy", new JsonObject());
    lines.add("policy: " + policy.getString("name", "default"));
    JsonObject values = policy.getJsonObject("values", new JsonObject());
    for (String name : values.fieldNames()) {
      JsonObject value = values.getJsonObject(name);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-28s %-20s (%s)",
              name,
              value.getValue("value"),
              value.getString("source")));
    }
    for (Object each : answer.getJsonArray("channels", new JsonArray())) {
      channel((JsonObject) each, lines);
    }
    return lines;
  }

  private static void channel(JsonObject channel, List<String> lines) {
    lines.add("channel " + channel.getString("channel") + ": " + verdict(channel));
    for (Object each : channel.getJsonArray("candidates", new JsonArray())) {
      JsonObject candidate = (JsonObject) each;
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-20s score %6.2f  %-11s breaker %-9s %s of %s under way  %s",
              candidate.getString("provider"),
              candidate.getDouble("score"),
              candidate.getString("status"),
              candidate.getJsonObject("breaker", new JsonObject()).getString("state", "-"),
              candidate.getValue("in_flight"),
              candidate.getValue("limit"),
              candidate.getString("reason_against", "")));
      lines.add("      " + inputs(candidate.getJsonArray("inputs", new JsonArray())));
    }
  }

  private static String verdict(JsonObject channel) {
    if (channel.getString("suppressed") != null) {
      return "the recipient is on the suppression list: " + channel.getString("suppressed");
    }
    String chosen = channel.getString("chosen");
    if (chosen == null) {
      return "nobody: " + channel.getString("rule");
    }
    JsonArray then = channel.getJsonArray("then", new JsonArray());
    return chosen
        + " by "
        + channel.getString("rule")
        + (then.isEmpty()
            ? ", nobody after it"
            : ", then " + then.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static String inputs(JsonArray inputs) {
    return inputs.stream()
        .map(JsonObject.class::cast)
        .map(
            input ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f gives %.2f",
                    input.getString("name"),
                    input.getDouble("value"),
                    input.getDouble("points")))
        .collect(Collectors.joining(", "));
  }
}

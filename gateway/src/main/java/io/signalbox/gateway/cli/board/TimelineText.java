package io.signalbox.gateway.cli.board;

import io.signalbox.gateway.text.SpanText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** All that happened to a notification, in lines, with each decision explained. Pure. */
public final class TimelineText {
  private static final int UNDER = 14;
  private static final double PERCENT = 100;

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private TimelineText(int width) {
    this.width = width;
  }

  /** The lines of a timeline as the API has it, at most that wide. */
  public static List<String> lines(JsonObject story, int width) {
    TimelineText text = new TimelineText(width);
    text.head(story);
    text.steps(story);
    return text.lines;
  }

  private void head(JsonObject story) {
    String reason = story.getString("reason", "");
    add(
        0,
        story.getString("id")
            + ' '
            + state(story)
            + (reason.isEmpty() ? "" : ": " + Words.plain(reason)));
    JsonObject notification = story.getJsonObject("notification");
    if (notification == null) {
      add(2, "its contents were removed for their age");
    } else {
      add(
          2,
          notification.getString("notification_type", "")
              + " over "
              + notification.getString("channel", "")
              + ", priority "
              + notification.getValue("priority", "normal"));
    }
    if (story.getBoolean("possible_duplicate", false)) {
      add(2, "it may have arrived twice");
    }
    String subject = story.getString("subject", "");
    add(
        2,
        "accepted "
            + story.getString("accepted_at")
            + (subject.isEmpty() ? "" : " from " + subject));
    String due = story.getString("due_at", "");
    if (!due.isEmpty()) {
      add(2, "next round " + due);
    }
    lines.add("");
  }

  private static String state(JsonObject story) {
    return Words.plain(story.getString("state", "")).toUpperCase(Locale.ROOT);
  }

  /** One thing that happened. */
  private record Step(String at, Runnable print) {}

  private void steps(JsonObject story) {
    List<Step> steps = new ArrayList<>();
    for (JsonObject attempt : objects(story, "attempts")) {
      steps.add(new Step(attempt.getString("started_at", ""), () -> attempt(attempt)));
    }
    for (JsonObject receipt : objects(story, "receipts")) {
      steps.add(new Step(receipt.getString("received_at", ""), () -> receipt(receipt)));
    }
    for (JsonObject event : objects(story, "events")) {
      steps.add(new Step(event.getString("at", ""), () -> event(event)));
    }
    steps.stream().sorted(Comparator.comparing(Step::at)).forEach(step -> step.print().run());
    if (steps.isEmpty()) {
      lines.add("nothing was tried yet");
    }
  }

  private void attempt(JsonObject attempt) {
    Object took = attempt.getValue("duration_ms");
    at(
        attempt.getString("started_at", ""),
        "attempt "
            + attempt.getValue("number")
            + " at "
            + attempt.getString("provider")
            + " over "
            + attempt.getString("channel")
            + ": "
            + Words.plain(attempt.getString("outcome", ""))
            + (took instanceof Number millis ? " in " + SpanText.of(millis.longValue()) : "")
            + (attempt.getBoolean("possible_duplicate", false) ? ", a possible duplicate" : ""));
    StringJoiner answer = new StringJoiner(", ");
    if (attempt.getValue("http_status") != null) {
      answer.add("HTTP " + attempt.getValue("http_status"));
    }
    addIfAny(answer, attempt.getString("provider_code", ""));
    addIfAny(answer, attempt.getString("provider_message", ""));
    if (answer.length() > 0) {
      add(UNDER, "answer: " + answer);
    }
    decision(attempt);
    String next = attempt.getString("next", "");
    if (!next.isEmpty()) {
      add(UNDER, "then: " + Words.plain(next));
    }
  }

  private void decision(JsonObject attempt) {
    JsonObject decision = attempt.getJsonObject("decision");
    if (decision == null) {
      return;
    }
    String policy = decision.getString("policy", "");
    add(
        UNDER,
        "why "
            + attempt.getString("provider")
            + ": "
            + Words.plain(decision.getString("rule", ""))
            + (policy.isEmpty() ? "" : ", policy " + policy));
    Map<String, String> out = new LinkedHashMap<>();
    for (JsonObject each : objects(decision, "excluded")) {
      out.put(each.getString("provider"), Words.plain(each.getString("reason", "")));
    }
    JsonObject ranking = decision.getJsonObject("ranking", new JsonObject());
    for (JsonObject candidate : objects(ranking, "candidates")) {
      String provider = candidate.getString("provider");
      String left = out.remove(provider);
      boolean chosen = provider.equals(attempt.getString("provider"));
      add(
          UNDER,
          (chosen ? "> " : "- ")
              + provider
              + ' '
              + Words.decimal(candidate.getDouble("score", 0.0))
              + (left == null ? "" : ", left out: " + left)
              + parts(candidate)
              + "; "
              + past(candidate));
    }
    out.forEach((provider, reason) -> add(UNDER, "- " + provider + ", left out: " + reason));
  }

  private static String parts(JsonObject candidate) {
    List<String> parts = new ArrayList<>();
    for (JsonObject part : objects(candidate, "inputs")) {
      parts.add(
          Words.plain(part.getString("name", ""))
              + ' '
              + Words.decimal(part.getDouble("points", 0.0)));
    }
    return parts.isEmpty() ? "" : ": " + String.join(" + ", parts);
  }

  private static String past(JsonObject candidate) {
    long attempts = candidate.getLong("attempts", 0L);
    return attempts == 0
        ? "not tried before"
        : Words.percent(PERCENT * candidate.getDouble("success_rate", 0.0))
            + " of "
            + Words.number(attempts)
            + " succeeded, "
            + SpanText.of(Math.round(candidate.getDouble("average_response_ms", 0.0)))
            + " each";
  }

  private void receipt(JsonObject receipt) {
    at(
        receipt.getString("received_at", ""),
        receipt.getString("provider")
            + " reports attempt "
            + receipt.getValue("attempt")
            + ": "
            + Words.plain(receipt.getString("status", "")));
    StringJoiner details = new StringJoiner(", ");
    addIfAny(details, receipt.getString("provider_status", ""));
    addIfAny(details, receipt.getString("provider_code", ""));
    addIfAny(details, receipt.getString("provider_text", ""));
    if (details.length() > 0) {
      add(UNDER, "it says: " + details);
    }
  }

  private void event(JsonObject event) {
    String detail = event.getString("detail", "");
    at(
        event.getString("at", ""),
        Words.plain(event.getString("event", "")) + (detail.isEmpty() ? "" : ": " + detail));
  }

  private static void addIfAny(StringJoiner joiner, String text) {
    if (!text.isEmpty()) {
      joiner.add(text);
    }
  }

  /** The time of day in front, the rest under the text. */
  private void at(String time, String text) {
    int day = time.indexOf('T');
    String clock = (day < 0 ? time : time.substring(day + 1)).replace("Z", "");
    List<String> wrapped = Words.wrap(text, UNDER, width);
    lines.add(Words.column(clock, UNDER - 2) + "  " + wrapped.get(0).strip());
    lines.addAll(wrapped.subList(1, wrapped.size()));
  }

  private void add(int indent, String text) {
    lines.addAll(Words.wrap(text, indent, width));
  }

  private static List<JsonObject> objects(JsonObject from, String list) {
    List<JsonObject> all = new ArrayList<>();
    for (Object each : from.getJsonArray(list, new JsonArray())) {
      if (each instanceof JsonObject json) {
        all.add(json);
      }
    }
    return all;
  }
}

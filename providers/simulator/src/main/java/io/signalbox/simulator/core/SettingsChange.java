package io.signalbox.simulator.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a control call that changes settings.
 *
 * @param settings the new settings; only to be used if there are no problems
 * @param problems everything that is wrong with the call
 */
public record SettingsChange(FaultSettings settings, List<SettingsProblem> problems) {
  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "mode",
              "rate",
              "calls",
              "latency_ms",
              "receipt_delay_ms",
              "retry_after_seconds",
              "seed",
              "webhook_url"));
  private static final long MAX_MILLIS = 3_600_000;
  private static final int MAX_SECONDS = 86_400;

  /** Copies the problems. */
  public SettingsChange {
    problems = List.copyOf(problems);
  }

  /**
   * Applies a call to the settings of before. A named mode starts with its own default rate and
   * latency, and for all calls, unless the same call says otherwise; all other fields keep their
   * value.
   *
   * @param known the calls of the API that have names
   */
  public static SettingsChange of(FaultSettings before, JsonObject body, List<String> known) {
    return new Reader(body).read(before, known);
  }

  private record Reader(JsonObject body, List<SettingsProblem> problems) {
    Reader(JsonObject body) {
      this(body, new ArrayList<>());
    }

    SettingsChange read(FaultSettings before, List<String> known) {
      for (String name : body.fieldNames()) {
        if (!FIELDS.contains(name)) {
          problem(name, "unknown field; known are " + String.join(", ", FIELDS));
        }
      }
      FaultMode mode = mode(before.mode());
      boolean named = body.containsKey("mode");
      double rate = number("rate", named ? mode.defaultRate() : before.rate(), 1);
      if (mode == FaultMode.REFUSE && rate != 1.0) {
        problem("rate", "must be 1 with mode refuse, which closes the port for everyone");
      }
      Set<String> calls = calls(named ? Set.of() : before.calls(), known);
      long latency =
          whole(
              "latency_ms",
              named ? mode.defaultLatencyMillis() : before.latencyMillis(),
              MAX_MILLIS);
      long receiptDelay = whole("receipt_delay_ms", before.receiptDelayMillis(), MAX_MILLIS);
      int retryAfter = (int) whole("retry_after_seconds", before.retryAfterSeconds(), MAX_SECONDS);
      Long seed = seed(before.seed());
      String url = url(before.webhookUrl());
      return new SettingsChange(
          new FaultSettings(mode, rate, calls, latency, receiptDelay, retryAfter, seed, url),
          problems);
    }

    private FaultMode mode(FaultMode before) {
      if (!body.containsKey("mode")) {
        return before;
      }
      if (body.getValue("mode") instanceof String code) {
        FaultMode mode = FaultMode.ofCode(code).orElse(null);
        if (mode != null) {
          return mode;
        }
      }
      problem("mode", "must be one of " + FaultMode.codes());
      return before;
    }

    private Set<String> calls(Set<String> otherwise, List<String> known) {
      if (!body.containsKey("calls")) {
        return otherwise;
      }
      Set<String> names = new TreeSet<>();
      boolean good = body.getValue("calls") instanceof JsonArray;
      if (body.getValue("calls") instanceof JsonArray array) {
        for (Object entry : array) {
          good &= entry instanceof String name && known.contains(name) && names.add(name);
        }
      }
      if (!good) {
        problem(
            "calls",
            known.isEmpty()
                ? "must be an empty array: the calls of this plugin have no names"
                : "must be an array of different names of " + String.join(", ", known));
      }
      return names;
    }

    private double number(String name, double otherwise, double max) {
      if (!body.containsKey(name)) {
        return otherwise;
      }
      if (body.getValue(name) instanceof Number number) {
        double value = number.doubleValue();
        if (value >= 0 && value <= max) {
          return value;
        }
      }
      problem(name, "must be a number from 0 to " + (long) max);
      return otherwise;
    }

    private long whole(String name, long otherwise, long max) {
      if (!body.containsKey(name)) {
        return otherwise;
      }
      Object value = body.getValue(name);
      if (value instanceof Integer || value instanceof Long) {
        long number = ((Number) value).longValue();
        if (number >= 0 && number <= max) {
          return number;
        }
      }
      problem(name, "must be a whole number from 0 to " + max);
      return otherwise;
    }

    private @Nullable Long seed(@Nullable Long before) {
      if (!body.containsKey("seed")) {
        return before;
      }
      Object value = body.getValue("seed");
      if (value == null) {
        return null;
      }
      if (value instanceof Integer || value instanceof Long) {
        return ((Number) value).longValue();
      }
      problem("seed", "must be a whole number, or null for none");
      return before;
    }

    private @Nullable String url(@Nullable String before) {
      if (!body.containsKey("webhook_url")) {
        return before;
      }
      Object value = body.getValue("webhook_url");
      if (value == null) {
        return null;
      }
      if (value instanceof String text && WebUrl.parse(text).isPresent()) {
        return text;
      }
      problem("webhook_url", "must be an http or https URL with a host, or null for none");
      return before;
    }

    private void problem(String field, String detail) {
      problems.add(new SettingsProblem("/" + field, detail));
    }
  }
}

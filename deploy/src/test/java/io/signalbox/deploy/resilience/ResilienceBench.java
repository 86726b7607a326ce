package io.signalbox.deploy.resilience;

import io.signalbox.deploy.Report;
import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * The long form, which {@code deploy/bench/resilience} calls with {@code name=value} arguments.
 * Each run has a simulator and a system of its own; the results go to the file {@code out} as JSON.
 */
final class ResilienceBench {
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(90);
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration QUIET = Duration.ofSeconds(12);
  private static final List<String> SYSTEMS =
      List.of("signalbox", "fixed-order", "shifted-weights");
  private static final JsonObject MAIL_OPTIONS =
      new JsonObject().put("on_unknown", "failover").put("confirm_within_seconds", 5);

  private final Map<String, String> arguments;

  private ResilienceBench(Map<String, String> arguments) {
    this.arguments = arguments;
  }

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    new ResilienceBench(values).run();
  }

  private void run() throws IOException {
    List<Scenario> scenarios =
        arguments.get("scenario").equals("all")
            ? Arrays.asList(Scenario.values())
            : List.of(Scenario.ofCode(arguments.get("scenario")));
    List<String> systems =
        arguments.get("system").equals("all") ? SYSTEMS : List.of(arguments.get("system"));
    JsonArray results = new JsonArray();
    Path out = Path.of(arguments.get("out"));
    for (Scenario scenario : scenarios) {
      for (String system : systems) {
        JsonObject result = run(plan(scenario, system), system).toJson();
        results.add(result);
        Report.print("%s", result.encode());
        Files.writeString(out, results.encodePrettily());
      }
    }
  }

  private Plan plan(Scenario scenario, String system) {
    return new Plan(
        scenario,
        Duration.ofSeconds(Long.parseLong(arguments.get("seconds"))),
        Integer.parseInt(arguments.get("rate")),
        Long.parseLong(arguments.get("seed")),
        system.equals("signalbox") && Boolean.parseBoolean(arguments.get("kill")),
        1,
        DRAIN_LIMIT,
        QUIET,
        MAIL_OPTIONS);
  }

  private static Result run(Plan plan, String system) throws IOException {
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      if (system.equals("signalbox")) {
        Path data = Files.createTempDirectory("signalbox-resilience");
        try (Gateway gateway = Gateway.start(data, simulator, GatewayOptions.ofMinute())) {
          return run(plan, simulator, () -> new GatewayMailer(gateway));
        }
      }
      ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
      try {
        return run(plan, simulator, () -> new BaselineMailer(rule(system, plan, simulator, clock)));
      } finally {
        clock.shutdownNow();
      }
    }
  }

  private static Result run(Plan plan, SimulatorProcess simulator, Supplier<Mailer> mailers) {
    try (Mailer mailer = mailers.get()) {
      new ScenarioRun(plan.warmUp(WARM_UP), mailer, simulator).runHealthy();
    }
    try (Mailer mailer = mailers.get()) {
      return new ScenarioRun(plan, mailer, simulator).run();
    }
  }

  private static SendingRule rule(
      String system, Plan plan, SimulatorProcess simulator, ScheduledExecutorService clock) {
    List<ProviderWire> providers =
        Scenario.ALL.stream()
            .map(plugin -> ProviderWire.of(plugin, simulator, ATTEMPT_TIMEOUT))
            .toList();
    Random random = new Random(plan.seed());
    return switch (system) {
      case "fixed-order" -> new FixedOrderRule(providers, random);
      case "shifted-weights" -> new ShiftedWeightsRule(providers, random, clock);
      default -> throw new IllegalArgumentException(system + " is none of " + SYSTEMS);
    };
  }
}

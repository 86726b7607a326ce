package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox test-failover} in its three forms, and the back-test, against a simulator. */
@Timeout(300)
class DrillIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DRILLS = "/api/v1/drills";

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewaySettings settings;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    settings =
        GatewaySettings.in(data)
            .against(simulator, List.of("sendgrid", "resend", "mailgun"))
            .with("breaker.recovery_timeout", "1s")
            .with("breaker.max_recovery_timeout", "2s")
            .with("breaker.successes_to_close", 1)
            .with("unknown.failover_after", "300ms")
            .with("unknown.wait_for", "300ms")
            .with("scoring.exploration", "0");
    begin();
  }

  private static void begin() {
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @BeforeEach
  void everythingWorks() {
    for (String plugin : List.of("sendgrid", "resend", "mailgun")) {
      simulator.set(plugin, new JsonObject().put("mode", "ok").put("receipt_delay_ms", 200));
      api.post("/api/v1/providers/" + plugin + "/reset", new JsonObject()).json(200);
    }
  }

  @Test
  void aSimulatedFaultIsDetectedFailedOverAndRecoveredFrom() {
    CommandRun run =
        drill(
            "--simulate",
            "sendgrid",
            "--mode",
            "error",
            "--count",
            "20",
            "--rate",
            "40",
            "--recovery",
            "60s",
            "--json");

    assertThat(run.exitCode()).as("%s", run).isZero();
    JsonObject drill = new JsonObject(run.out());
    JsonObject report = drill.getJsonObject("report");
    assertThat(drill.getString("state")).as(run.out()).isEqualTo("passed");
    assertThat(report.getInteger("lost")).isZero();
    assertThat(report.getInteger("duplicated")).isZero();
    assertThat(report.getInteger("met_the_fault")).isGreaterThanOrEqualTo(5);
    assertThat(report.getJsonObject("detection").getLong("breaker_open_ms")).isNotNull();
    assertThat(report.getJsonObject("failover").getJsonObject("added_ms").getLong("p50"))
        .isNotNull();
    assertThat(report.getJsonObject("recovery").getBoolean("recovered")).isTrue();
    assertThat(simulator.describe("sendgrid").getString("mode")).isEqualTo("ok");
    Report.print("simulated error: %s", report.encode());

    CommandRun shown = drill("show", drill.getString("id"));
    assertThat(shown.exitCode()).as("%s", shown).isZero();
    assertThat(shown.out()).contains("time to detect", "time to fail over", "recovery", "passed");
    assertThat(api.get(DRILLS).json(200).encode()).contains(drill.getString("id"));
  }

  @Test
  void duplicatesOfACutConnectionAreSeenAtTheProvidersAndMarked() {
    // No receipt explains in time what became of it.
    simulator.set("sendgrid", new JsonObject().put("receipt_delay_ms", 20_000));

    CommandRun run =
        drill(
            "--simulate",
            "sendgrid",
            "--mode",
            "cut",
            "--count",
            "10",
            "--rate",
            "20",
            "--recovery",
            "0s",
            "--on-unknown",
            "failover",
            "--json");

    JsonObject report = new JsonObject(run.out()).getJsonObject("report");
    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(report.getInteger("lost")).isZero();
    assertThat(report.getInteger("duplicated")).as(report.encode()).isPositive();
    assertThat(report.getInteger("marked_as_possible_duplicate"))
        .isGreaterThanOrEqualTo(report.getInteger("duplicated"));
  }

  @Test
  void aDrillCanBeEndedEarlyAndPutsEverythingBack() {
    JsonObject order = simulate("sendgrid", "error").put("count", 2_000).put("rate_per_second", 20);
    String id = api.post(DRILLS, order).json(202).getString("id");
    awaitMode("error");

    JsonObject second = api.post(DRILLS, order).json(409);
    CommandRun run = drill("abort", id, "--json");

    assertThat(second.getString("detail")).contains("runs already");
    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(new JsonObject(run.out()).getString("state")).isEqualTo("aborted");
    assertThat(simulator.describe("sendgrid").getString("mode")).isEqualTo("ok");
  }

  @Test
  void aKilledGatewayPutsTheSimulatorBackAtItsNextStart() {
    JsonObject order = simulate("sendgrid", "error").put("count", 2_000).put("rate_per_second", 20);
    String id = api.post(DRILLS, order).json(202).getString("id");
    awaitMode("error");

    gateway.kill();
    gateway.close();
    begin();

    // It ends when the simulator was put back, and that may take more than one try.
    await().atMost(LIMIT).until(() -> "aborted".equals(drillOf(id).getString("state")));
    assertThat(drillOf(id).getString("reason")).isEqualTo("node_stopped");
    assertThat(simulator.describe("sendgrid").getString("mode")).isEqualTo("ok");
  }

  @Test
  void whatCannotBeDrilledIsRefusedWithAReason() {
    CommandRun noSuchMode = drill("--simulate", "sendgrid", "--mode", "sulk");
    JsonObject noSuchProvider = api.post(DRILLS, simulate("pigeon", "error")).json(404);
    JsonObject tooMuch = api.post(DRILLS, live().put("percent", 90)).json(422);

    assertThat(noSuchMode.exitCode()).as("%s", noSuchMode).isEqualTo(65);
    assertThat(noSuchMode.err()).contains("brownout");
    assertThat(noSuchProvider.getString("detail")).contains("no provider of that id");
    assertThat(tooMuch.encode()).contains("/percent");
  }

  @Test
  void aShareOfRealTrafficIsWithheldAndGoesElsewhere() throws InterruptedException {
    try (Traffic traffic = new Traffic()) {
      CommandRun run = drill("--live", "sendgrid", "--percent", "50", "--for", "6s", "--json");

      assertThat(run.exitCode()).as("%s", run).isZero();
      JsonObject report = new JsonObject(run.out()).getJsonObject("report");
      assertThat(report.getJsonObject("withheld").getInteger("attempts")).isPositive();
      assertThat(report.getJsonObject("withheld").getJsonObject("went_to").fieldNames())
          .doesNotContain("sendgrid");
      assertThat(report.getJsonObject("rest").getInteger("attempts")).isPositive();
      traffic.endsDelivered();
    }
  }

  @Test
  void aLiveDrillEndsItselfWhenTheOthersFail() throws InterruptedException {
    try (Traffic traffic = new Traffic()) {
      JsonObject order = live().put("percent", 50).put("duration_seconds", 600);
      String id = api.post(DRILLS, order).json(202).getString("id");
      simulator.mode("resend", "error");
      simulator.mode("mailgun", "error");

      await().atMost(LIMIT).until(() -> !"running".equals(drillOf(id).getString("state")));

      assertThat(drill("show", id).exitCode()).isEqualTo(1);
      assertThat(drillOf(id).getString("state")).isEqualTo("aborted");
      assertThat(drillOf(id).getString("reason"))
          .matches("errors_rose.*|breaker_opened.*|no_other_provider_could_take_it");
      traffic.endsDelivered();
    }
  }

  private static JsonObject drillOf(String id) {
    return api.get(DRILLS + "/" + id).json(200);
  }

  @Test
  void theChoiceIsShownAndNothingIsSent() {
    long before = api.metric("signalbox_notifications_accepted_total");

    CommandRun select = drill("--select", "--channel", "email");
    JsonObject answer = api.post("/api/v1/notifications/explain", Messages.email(1)).json(200);

    assertThat(select.exitCode()).as("%s", select).isZero();
    assertThat(select.out()).contains("sendgrid", "resend", "mailgun", "score", "then", "policy");
    assertThat(answer.getString("what")).isEqualTo("attempt");
    assertThat(answer.getJsonArray("channels").getJsonObject(0).getJsonArray("candidates"))
        .hasSize(3);
    assertThat(api.metric("signalbox_notifications_accepted_total")).isEqualTo(before);
  }

  @Test
  void theBackTestComparesAnotherPolicyWhileTheServerRuns() throws Exception {
    simulator.mode("sendgrid", "error");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(api.send(Messages.email(5_000 + i)));
    }
    Settling.awaitAll(api, ids, LIMIT, Timeline::isSentOrOver);
    Path policy = data.resolve("resend-first.yaml");
    Files.writeString(
        policy,
        """
        on_unknown: stop
        scoring:
          weights: {priority: 1}
        providers:
          resend: {priority: 1, price: 0.001}
          sendgrid: {priority: 3, price: 0.002}
        """);

    CommandRun json = command("replay", "--from", "10m", "--policy", policy.toString(), "--json");
    CommandRun text = command("replay", "--from", "10m", "--policy", policy.toString());

    assertThat(json.exitCode()).as("%s", json).isZero();
    JsonObject report = new JsonObject(json.out());
    assertThat(report.getInteger("notifications")).isGreaterThanOrEqualTo(20);
    assertThat(report.getJsonObject("difference").getJsonObject("success_share").getDouble("low"))
        .isNotNull();
    assertThat(report.getJsonObject("coverage").getInteger("decisions")).isPositive();
    assertThat(text.out()).contains("success", "latency, p95", "cost", "duplicates", "evidence");
  }

  private static JsonObject simulate(String provider, String mode) {
    return new JsonObject().put("kind", "simulate").put("provider", provider).put("mode", mode);
  }

  private static JsonObject live() {
    return new JsonObject().put("kind", "live").put("provider", "sendgrid");
  }

  private static void awaitMode(String mode) {
    await()
        .atMost(LIMIT)
        .until(() -> mode.equals(simulator.describe("sendgrid").getString("mode")));
  }

  private static CommandRun drill(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "test-failover";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return command(command);
  }

  static CommandRun command(String... command) {
    Map<String, String> environment = new HashMap<>(settings.environment());
    environment.put("SIGNALBOX_URL", gateway.url());
    return CommandRun.signalbox(environment, command);
  }

  /** Mails as a real application sends them all the time, one after the other. */
  private static final class Traffic implements AutoCloseable {
    private static final int PAUSE_MILLIS = 10;

    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService application =
        Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> sending =
        application.scheduleWithFixedDelay(
            () -> ids.add(api.send(Messages.email(10_000 + ids.size()))),
            0,
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);

    /** No drill may cost a delivery. */
    void endsDelivered() throws InterruptedException {
      assertThat(sending.isDone()).as("a mail was refused").isFalse();
      close();
      assertThat(application.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      List<Timeline> timelines = Settling.awaitAll(api, ids, LIMIT, Timeline::isSentOrOver);
      assertThat(Settling.states(timelines).keySet()).isSubsetOf("sent", "delivered");
    }

    @Override
    public void close() {
      application.shutdown();
    }
  }
}

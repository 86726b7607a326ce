package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever is on call asks the command line: one provider fails in every way in turn, and what
 * {@code monitor-health} says names it and the cause. How long that takes is printed.
 */
@Timeout(600)
class MonitorHealthIT {
  private static final String PROVIDER = "sendgrid";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int FEW = 3;

  /** So many that those which were delivered before do not outweigh them for long. */
  private static final int MANY = 25;

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static ApiClient api;
  private static Map<String, String> environment;
  private static int number;

  /** A fault of the simulator, the words by which it must be named, and what is sent at a time. */
  private record Fault(String mode, String words, int atATime) {
    Fault(String mode, String words) {
      this(mode, words, FEW);
    }
  }

  /** In an order in which no fault's last answers, which come late, could pass for the next. */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault("refuse", "connection refused"),
          new Fault("hang", "timeout"),
          new Fault("error", "HTTP 500"),
          new Fault("cut", "connection"),
          new Fault("throttle", "throttled"),
          new Fault("slow", "timeout"),
          new Fault("unavailable", "HTTP 503"),
          new Fault("reject", "rejected"),
          new Fault("brownout", "HTTP 5"),
          new Fault("silent", "delivered in time", MANY));

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    GatewaySettings settings =
        GatewaySettings.in(data.resolve("data"))
            .against(simulator)
            .withAttemptTimeout("2s", PROVIDER)
            .with("dispatch.max_rounds", 1)
            .with("breaker.failure_threshold", 50)
            .with("scoring.late_after_min", "1s")
            .with("degradation.leave_after", "1s");
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
    environment =
        new HashMap<>(
            Map.of(
                "SIGNALBOX_URL", gateway.url(),
                "SIGNALBOX_TOKEN", AdminToken.of(settings.dataDir())));
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

  @Test
  void namesTheProviderAndTheCauseOfEveryFault() {
    send(FEW);
    await("nothing is wrong").atMost(LIMIT).untilAsserted(MonitorHealthIT::seesNothingWrong);
    OnCallWatch.tell(
        "monitor-health", FAULTS.stream().mapToDouble(MonitorHealthIT::watch).toArray());
    simulator.mode(PROVIDER, "ok");
  }

  private static void seesNothingWrong() {
    CommandRun well = command("monitor-health", "--check");
    // The machine that the test runs on may be too busy.
    assertThat(well.exitCode()).as("%s", well).isIn(0, 1);
    assertThat(well.out()).startsWith("SIGNALBOX ").contains(" - NORMAL").doesNotContain(PROVIDER);
  }

  private static double watch(Fault fault) {
    simulator.mode(PROVIDER, "ok");
    await("what was before is over")
        .atMost(LIMIT)
        .until(
            () -> {
              api.call("POST", "/api/v1/providers/" + PROVIDER + "/reset", "", Map.of()).json(200);
              JsonObject all = api.get("/api/v1/providers").json(200);
              return !said(provider(all)).contains(fault.words());
            });
    if (fault.atATime() == MANY) {
      learn();
    }
    long from = System.nanoTime();
    simulator.set(
        PROVIDER, new JsonObject().put("mode", fault.mode()).put("retry_after_seconds", 1));
    await(fault.mode())
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              send(fault.atATime());
              CommandRun run = command("monitor-health", "--check");
              assertThat(run.exitCode()).as("%s", run).isIn(1, 2);
              assertThat(run.out()).contains(PROVIDER + ": ").contains(fault.words());
              assertThat(run.out().lines()).hasSize(1);
            });
    double seconds = (System.nanoTime() - from) / 1e9;
    Report.print(
        "on call: monitor-health names %s with \"%s\" after %.1f s",
        fault.mode(), fault.words(), seconds);
    await(fault.mode() + ", in full").atMost(LIMIT).untilAsserted(() -> seesInFull(fault));
    return seconds;
  }

  private static void seesInFull(Fault fault) {
    send(fault.atATime());
    CommandRun once = command("monitor-health", "--once", "--json");
    assertThat(once.exitCode()).as("%s", once).isZero();
    JsonObject provider = provider(new JsonObject(once.out()).getJsonObject("providers"));
    assertThat(provider.getString("lamp")).as(fault.mode()).isIn("red", "amber");
    assertThat(said(provider)).as(fault.mode()).contains(fault.words());
    assertThat(provider.getString("next", "")).as(fault.mode()).isNotEmpty();
  }

  /** A receipt is missed only once it is known when receipts usually come. */
  private static void learn() {
    send(MANY);
    send(MANY);
    await("its usual time of delivery is known")
        .atMost(LIMIT)
        .until(
            () ->
                provider(api.get("/api/v1/providers").json(200))
                    .getJsonObject("scores")
                    .getJsonObject("email", new JsonObject())
                    .getJsonObject("delivery", new JsonObject())
                    .containsKey("late_after_ms"));
  }

  @Test
  void resetsAProvider() {
    api.call("POST", "/api/v1/providers/vonage/open", "", Map.of()).json(200);
    await()
        .atMost(LIMIT)
        .until(() -> command("monitor-health", "--check").out().contains("vonage: Breaker open"));
    await().atMost(LIMIT).untilAsserted(MonitorHealthIT::showsTheOpenBreaker);
    CommandRun reset = command("monitor-health", "--reset", "vonage");
    assertThat(reset.exitCode()).as("%s", reset).isZero();
    await()
        .atMost(LIMIT)
        .until(() -> !command("monitor-health", "--check").out().contains("vonage"));
  }

  private static void showsTheOpenBreaker() {
    CommandRun shown = command("monitor-health", "--once");
    assertThat(shown.exitCode()).as("%s", shown).isZero();
    assertThat(shown.out()).containsPattern("vonage +DOWN").contains("opened by an operator");
    assertThat(shown.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(shown.out()).doesNotContain("\u001b");
  }

  private static JsonObject provider(JsonObject all) {
    return all.getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> PROVIDER.equals(each.getString("id")))
        .findFirst()
        .orElseThrow();
  }

  private static String said(JsonObject provider) {
    return String.valueOf(provider.getJsonArray("why"));
  }

  private static CommandRun command(String... arguments) {
    return CommandRun.signalbox(environment, arguments);
  }

  /** Some over the provider alone, and one elsewhere, so that receipts go on to come. */
  private static void send(int count) {
    for (int i = 0; i < count; i++) {
      api.send(Messages.email(number++).put("provider", PROVIDER));
    }
    api.send(Messages.sms(number++));
  }
}

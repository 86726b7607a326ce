package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callbacks of many notifications: over kills of the gateway, and beside an endpoint that hangs.
 */
@Timeout(400)
class CallbackLoadIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BATCH = 100;
  private static final int TOTAL = 600;

  private static SimulatorProcess simulator;

  @TempDir private Path data;

  @BeforeAll
  static void startSimulator() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @Test
  void aKillLosesNoEvent() {
    try (CallbackReceiver receiver = CallbackReceiver.start()) {
      receiver.failEvery(7);
      // Slow enough that much is due and under way whenever the gateway dies.
      receiver.takeMillisForEach(15);
      GatewaySettings settings =
          settings()
              .with("http.port", RestartPort.free())
              .with("callbacks.concurrency", 4)
              .with("callbacks.retry_delays", "500ms, 500ms, 500ms, 500ms, 500ms, 500ms")
              .with("unknown.failover_after", "1s")
              .with("unknown.wait_for", "4s")
              .with("dispatch.retry_base", "200ms");
      List<String> ids = new ArrayList<>();
      GatewayProcess gateway = GatewayProcess.start(settings);
      String endpoint;
      try {
        endpoint = receiver.subscribe(gateway.admin(), "io.signalbox.*");
        for (int first = 0; first < TOTAL; first += BATCH) {
          ids.addAll(send(gateway.admin(), first));
        }
        for (int events : new int[] {200, 900}) {
          await("callbacks for a kill").atMost(LIMIT).until(() -> receiver.calls() >= events);
          gateway.kill();
          Report.print("killed after %d callbacks", receiver.calls());
          gateway = GatewayProcess.start(settings);
        }
        ApiClient api = gateway.admin();
        Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
        // A look-up that was under way may still add a receipt, and its event, to what is
        // delivered.
        await("what is told is what is stored")
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  assertThat(new CallbackLog(api, endpoint).events("pending")).isEmpty();
                  assertNothingIsLost(
                      receiver,
                      Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered),
                      new CallbackLog(api, endpoint).events("delivered"));
                });
        assertThat(new CallbackLog(api, endpoint).events("failed")).isEmpty();
      } finally {
        gateway.close();
      }
    }
  }

  private static void assertNothingIsLost(
      CallbackReceiver receiver, List<Timeline> ended, Set<String> delivered) {
    Map<String, JsonObject> byId =
        receiver.events().stream()
            .collect(Collectors.toMap(e -> e.getString("id"), e -> e, (one, again) -> one));
    Report.print(
        "two kills: %d notifications, %d events, %d callbacks taken, %d came again",
        ended.size(),
        byId.size(),
        receiver.events().size(),
        receiver.events().size() - byId.size());
    assertThat(receiver.refused()).isEmpty();
    assertThat(byId.keySet()).isEqualTo(delivered);
    Map<String, List<String>> types =
        byId.values().stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.getString("subject"),
                    Collectors.mapping(event -> event.getString("type"), Collectors.toList())));
    for (Timeline timeline : ended) {
      List<String> told = types.getOrDefault(timeline.id(), List.of());
      assertThat(told).as("%s", timeline).contains("io.signalbox.notification.delivered");
      assertThat(told.stream().filter(type -> type.startsWith("io.signalbox.receipt.")).sorted())
          .as("%s", timeline)
          .containsExactlyElementsOf(
              timeline.receipts().stream()
                  .map(receipt -> "io.signalbox.receipt." + receipt.getString("status"))
                  .sorted()
                  .toList());
    }
  }

  @Test
  void aSlowEndpointDelaysNoOther() {
    try (CallbackReceiver slow = CallbackReceiver.start();
        CallbackReceiver fast = CallbackReceiver.start();
        GatewayProcess gateway =
            GatewayProcess.start(settings().with("callbacks.timeout", "60s"))) {
      ApiClient api = gateway.admin();
      slow.getStuck();
      String stuck = slow.subscribe(api, "io.signalbox.notification.*");
      fast.subscribe(api, "io.signalbox.notification.*");
      List<String> ids = send(api, 0);

      await("events at the fast endpoint")
          // Before the slow one's first call is given up.
          .atMost(Duration.ofSeconds(55))
          .until(
              () ->
                  ids.stream().allMatch(id -> fast.typesOf(id).contains("notification.delivered")));
      await("a call of the slow endpoint").atMost(LIMIT).until(() -> slow.calls() > 0);
      assertThat(slow.calls()).isLessThanOrEqualTo(16);
      assertThat(new CallbackLog(api, stuck).events("pending")).hasSizeGreaterThanOrEqualTo(BATCH);
    }
  }

  private GatewaySettings settings() {
    return CallbackReceiver.allowedBy(GatewaySettings.in(data).against(simulator));
  }

  private static List<String> send(ApiClient api, int first) {
    JsonArray batch = new JsonArray();
    IntStream.range(first, first + BATCH).forEach(number -> batch.add(Messages.email(number)));
    return api.batch(batch, "batch-" + first).json(202).getJsonArray("results").stream()
        .map(result -> ((JsonObject) result).getString("id"))
        .toList();
  }
}

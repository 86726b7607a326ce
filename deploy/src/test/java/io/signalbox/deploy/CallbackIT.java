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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the notification to the simulator's signed webhook to the application's verified callback.
 */
@Timeout(180)
class CallbackIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BATCH = 100;
  private static final int TOTAL = 600;

  @TempDir private Path data;

  @Test
  void anApplicationHearsSignedWhatBecameOfItsNotification() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver receiver = CallbackReceiver.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator))) {
      ApiClient api = gateway.admin();
      String endpoint = receiver.subscribe(api, "io.signalbox.*");
      String mail = api.send(Messages.email(1).put("provider", "sendgrid"));
      String text =
          api.send(
              Messages.sms(2).put("provider", "twilio").put("recipient_phone", "+4915112340002"));

      awaitEvents(receiver, mail, "receipt.delivered", "notification.delivered");
      awaitEvents(receiver, text, "notification.failed");
      assertThat(receiver.refused()).isEmpty();
      JsonObject delivered = event(receiver, mail, "io.signalbox.receipt.delivered");
      Timeline timeline = api.timeline(mail);
      JsonObject told = delivered.getJsonObject("data");
      assertThat(told.getString("provider")).isEqualTo("sendgrid");
      assertThat(told.getString("attempt_id")).isEqualTo(mail + "-1");
      assertThat(told.getString("provider_message_id"))
          .isEqualTo(timeline.attempts().get(0).providerMessageId());
      assertThat(told.getString("recipient")).isEqualTo("user1@example.com");
      assertThat(told.getString("channel")).isEqualTo("email");
      JsonObject failed = event(receiver, text, "io.signalbox.notification.failed");
      assertThat(failed.getJsonObject("data").getString("provider_code")).isNotEmpty();

      String test = post(api, endpoint, "/test").json(202).getString("event_id");
      await("the test event")
          .atMost(LIMIT)
          .until(() -> receiver.events().stream().anyMatch(e -> test.equals(e.getString("id"))));
    }
  }

  @Test
  void aKillLosesNoEvent() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver receiver = CallbackReceiver.start()) {
      receiver.failEvery(7);
      // Slow enough that much is due and under way whenever the gateway dies.
      receiver.takeMillisForEach(15);
      GatewaySettings settings =
          settings(simulator)
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
                  assertThat(logged(api, endpoint, "pending")).isEmpty();
                  assertNothingIsLost(
                      receiver,
                      Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered),
                      logged(api, endpoint, "delivered"));
                });
        assertThat(logged(api, endpoint, "failed")).isEmpty();
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
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver slow = CallbackReceiver.start();
        CallbackReceiver fast = CallbackReceiver.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator))) {
      ApiClient api = gateway.admin();
      slow.getStuck();
      String stuck = slow.subscribe(api, "io.signalbox.notification.*");
      fast.subscribe(api, "io.signalbox.notification.*");
      List<String> ids = send(api, 0);

      await("events at the fast endpoint")
          .atMost(Duration.ofSeconds(14))
          .until(
              () ->
                  ids.stream().allMatch(id -> fast.typesOf(id).contains("notification.delivered")));
      assertThat(slow.calls()).isPositive().isLessThanOrEqualTo(16);
      assertThat(logged(api, stuck, "pending")).hasSizeGreaterThanOrEqualTo(BATCH);
    }
  }

  @Test
  void loopbackIsCalledOnlyWhereTheConfigurationAllowsIt() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver receiver = CallbackReceiver.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                GatewaySettings.in(data)
                    .against(simulator)
                    .with("callbacks.retry_delays", "10ms"))) {
      ApiClient api = gateway.admin();
      for (String url :
          List.of(receiver.url(), receiver.url().replace("http:", "https:"), "https://[::1]/")) {
        JsonObject refused =
            api.post("/api/v1/callbacks", new JsonObject().put("url", url)).json(422);
        assertThat(refused.getJsonArray("errors").getJsonObject(0).getString("pointer"))
            .isEqualTo("/url");
      }
      String url = receiver.url().replace("http://127.0.0.1", "https://localhost");
      String endpoint =
          api.post("/api/v1/callbacks", new JsonObject().put("url", url)).json(201).getString("id");
      post(api, endpoint, "/test").json(202);

      await("an end of the test event")
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(logged(api, endpoint, "failed")).hasSize(1));
      JsonObject delivery =
          page(api, endpoint, "failed", "").getJsonArray("deliveries").getJsonObject(0);
      assertThat(delivery.getString("error")).isEqualTo("address_not_allowed");
      assertThat(receiver.calls()).isZero();
    }
  }

  private GatewaySettings settings(SimulatorProcess simulator) {
    return GatewaySettings.in(data)
        .against(simulator)
        .with("callbacks.allow_http", true)
        .with("callbacks.allowed_networks", "127.0.0.0/8");
  }

  private static List<String> send(ApiClient api, int first) {
    JsonArray batch = new JsonArray();
    IntStream.range(first, first + BATCH).forEach(number -> batch.add(Messages.email(number)));
    return api.batch(batch, "batch-" + first).json(202).getJsonArray("results").stream()
        .map(result -> ((JsonObject) result).getString("id"))
        .toList();
  }

  private static void awaitEvents(CallbackReceiver receiver, String id, String... types) {
    await("events of " + id)
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(receiver.typesOf(id)).contains(types));
  }

  private static JsonObject event(CallbackReceiver receiver, String id, String type) {
    return receiver.events().stream()
        .filter(e -> type.equals(e.getString("type")) && id.equals(e.getString("subject")))
        .findFirst()
        .orElseThrow();
  }

  private static ApiClient.Answer post(ApiClient api, String endpoint, String call) {
    return api.post("/api/v1/callbacks/" + endpoint + call, new JsonObject());
  }

  /** The ids of all events of a delivery log that are in a state. */
  private static Set<String> logged(ApiClient api, String endpoint, String state) {
    Set<String> ids = new TreeSet<>();
    String after = "";
    while (after != null) {
      JsonObject page = page(api, endpoint, state, after);
      page.getJsonArray("deliveries")
          .forEach(each -> ids.add(((JsonObject) each).getString("event_id")));
      after = page.getString("next");
    }
    return ids;
  }

  private static JsonObject page(ApiClient api, String endpoint, String state, String after) {
    String next = after.isEmpty() ? "" : "&after=" + after;
    return api.get("/api/v1/callbacks/" + endpoint + "/deliveries?limit=1000&state=" + state + next)
        .json(200);
  }
}

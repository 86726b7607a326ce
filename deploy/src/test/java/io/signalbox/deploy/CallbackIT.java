package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the notification to the simulator's signed webhook to the application's verified callback.
 */
@Timeout(400)
class CallbackIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

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
  void anApplicationHearsSignedWhatBecameOfItsNotification() {
    try (CallbackReceiver receiver = CallbackReceiver.start();
        GatewayProcess gateway = GatewayProcess.start(settings())) {
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
  void loopbackIsCalledOnlyWhereTheConfigurationAllowsIt() {
    try (CallbackReceiver receiver = CallbackReceiver.start();
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
          .untilAsserted(
              () -> assertThat(new CallbackLog(api, endpoint).events("failed")).hasSize(1));
      JsonObject delivery =
          new CallbackLog(api, endpoint)
              .page("failed", "")
              .getJsonArray("deliveries")
              .getJsonObject(0);
      assertThat(delivery.getString("error")).isEqualTo("address_not_allowed");
      assertThat(receiver.calls()).isZero();
    }
  }

  private GatewaySettings settings() {
    return CallbackReceiver.allowedBy(GatewaySettings.in(data).against(simulator));
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
}

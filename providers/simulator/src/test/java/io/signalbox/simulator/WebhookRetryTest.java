package io.signalbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRetryTest {
  private SimulatorClient simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
  }

  private void send(String webhookUrl) throws Exception {
    simulator.set(
        "vonage", new JsonObject().put("webhook_url", webhookUrl).put("receipt_delay_ms", 0));
    JsonObject account = simulator.account("vonage");
    JsonObject body = account.copy().put("to", "447700900000").put("text", "x");
    body.remove("signature_secret");
    Map<String, String> json = Map.of("Content-Type", "application/json");
    Reply reply =
        simulator.call("POST", simulator.url("vonage") + "/sms/json", json, body.encode());
    assertThat(reply.body()).contains("\"status\":\"0\"");
  }

  private JsonObject counters() throws Exception {
    return simulator.control("GET", "/vonage/webhooks", "").json();
  }

  @Test
  void repeatsWhatIsNotAcknowledged() throws Exception {
    try (WebhookCatcher catcher = new WebhookCatcher()) {
      catcher.refuseNext(2);
      send(catcher.url());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> counters().getInteger("acknowledged") == 1);
      assertThat(catcher.caught()).hasSize(1);
      assertThat(counters().getInteger("sent")).isEqualTo(3);
      assertThat(counters().getInteger("pending")).isZero();
    }
  }

  @Test
  void waitsForServerThatIsDown() throws Exception {
    int port;
    try (WebhookCatcher gone = new WebhookCatcher()) {
      port = gone.port();
    }
    String url = "http://127.0.0.1:" + port + "/webhooks/p";
    for (int i = 0; i < 50; i++) {
      send(url);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> counters().getInteger("pending") == 50);
    try (WebhookCatcher back = new WebhookCatcher(port)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> back.caught().size() == 50);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> counters().getInteger("acknowledged") == 50);
    assertThat(counters().getInteger("failed")).isZero();
  }
}

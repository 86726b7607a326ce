package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The channel whatsapp from intake to signed webhook, over its plugin and over the generic one. */
@Timeout(240)
class WhatsAppIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String WHATSAPP = "whatsapp";
  private static final String GENERIC = "webhook";

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data).against(simulator, List.of(WHATSAPP, GENERIC)));
    api = gateway.admin();
  }

  @AfterAll
  static void stop() {
    try (SimulatorProcess endsSecond = simulator;
        GatewayProcess endsFirst = gateway) {
      assertThat(endsSecond).isNotNull();
      assertThat(endsFirst).isNotNull();
    }
  }

  @Test
  void bothProvidersDeliverAndAreToldOfIt() {
    for (String provider : List.of(WHATSAPP, GENERIC)) {
      JsonObject message = message("+4915112345678").put("provider", provider);

      // The news that it was sent may come after the news that it was delivered.
      Timeline timeline =
          settled(message, seen -> statuses(seen).containsAll(Set.of("sent", "delivered")));

      assertThat(timeline.isDelivered()).as("%s", timeline).isTrue();
      assertThat(timeline.has(provider, "sent")).as("%s", timeline).isTrue();
    }
  }

  @Test
  void theGenericProviderTakesOverWhenWhatsAppFails() {
    simulator.mode(WHATSAPP, "error");
    try {
      Timeline timeline = settled(message("+4915112345679"), Timeline::isDelivered);

      assertThat(timeline.has(GENERIC, "sent")).as("%s", timeline).isTrue();
    } finally {
      simulator.mode(WHATSAPP, "ok");
    }
  }

  @Test
  void aTextOutsideTheWindowFailsWithMetasCode() {
    JsonObject message = message("+4915100000003").put("provider", WHATSAPP);

    Timeline timeline = settled(message, Timeline::isOver);

    assertThat(timeline.state()).isEqualTo("failed");
    assertThat(timeline.json().encode()).contains("131047");
  }

  /** A number for each: what bounced for good is not tried again through anybody. */
  @Test
  void anUndeliverableMessageFails() {
    JsonObject first = message("+4915110000002").put("provider", WHATSAPP);
    JsonObject second = message("+4915120000002").put("provider", GENERIC);
    for (JsonObject message : List.of(first, second)) {
      Timeline timeline = settled(message, Timeline::isOver);

      assertThat(timeline.state()).isEqualTo("failed");
      assertThat(timeline.receipts())
          .as("%s", timeline)
          .anyMatch(receipt -> "bounced".equals(receipt.getString("status")));
    }
  }

  @Test
  void metasChallengeIsAnsweredToWhoKnowsTheToken() {
    String token = simulator.describe(WHATSAPP).getJsonObject("account").getString("verify_token");
    ApiClient nobody = new ApiClient(gateway.url(), "");
    String path =
        "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

    ApiClient.Answer answer = nobody.get(path + token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("1158201444");
    assertThat(nobody.get(path + "nope").status()).isIn(401, 403);
  }

  @Test
  void forgedWebhooksAreRefused() {
    ApiClient nobody = new ApiClient(gateway.url(), "");
    for (String provider : List.of(WHATSAPP, GENERIC)) {
      assertThat(nobody.post("/webhooks/" + provider, new JsonObject()).status())
          .as(provider)
          .isIn(401, 403);
    }
  }

  private static List<String> statuses(Timeline timeline) {
    return timeline.receipts().stream().map(receipt -> receipt.getString("status")).toList();
  }

  private static Timeline settled(JsonObject message, Predicate<Timeline> condition) {
    return Settling.awaitAll(api, List.of(api.send(message)), LIMIT, condition).get(0);
  }

  private static JsonObject message(String phone) {
    return new JsonObject()
        .put("notification_type", "process_test")
        .put("channel", "whatsapp")
        .put("recipient_phone", phone)
        .put("title", "Order")
        .put("message", "It is on its way.");
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drain and a preference win over automation, and outlive a kill and a replacement. */
@Timeout(400)
class OperatorWishesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path data;

  @Test
  void outliveAKillAndAReplacement() throws IOException {
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      GatewaySettings settings =
          // Else one choice in a hundred tries whoever was tried least lately.
          GatewaySettings.in(data).against(simulator).with("scoring.exploration", 0);
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        assertThat(firstProvider(gateway, 1)).isEqualTo("sendgrid");
        command(gateway, "drain", "sendgrid");
        awaitStage(gateway, "draining");
        assertThat(firstProvider(gateway, 2)).isEqualTo("resend");
        gateway.kill();
      }
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        awaitStage(gateway, "draining");
        assertThat(firstProvider(gateway, 3)).isEqualTo("resend");
        long before = sendgrid(gateway).getLong("generation");
        Files.writeString(
            data.resolve("sandbox").resolve("sendgrid.yaml"),
            "\nmax_concurrent: 33\n",
            StandardOpenOption.APPEND);
        await().atMost(LIMIT).until(() -> sendgrid(gateway).getLong("generation") > before);
        awaitStage(gateway, "draining");
        command(gateway, "enable", "sendgrid");
        awaitStage(gateway, "active");
        prefer(gateway, "resend");
        assertThat(firstProvider(gateway, 4)).isEqualTo("resend");
        gateway.kill();
      }
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        awaitStage(gateway, "active");
        assertThat(firstProvider(gateway, 5)).isEqualTo("resend");
        prefer(gateway, "sendgrid");
        assertThat(firstProvider(gateway, 6)).isEqualTo("sendgrid");
        JsonObject score = sendgrid(gateway).getJsonObject("scores").getJsonObject("email");
        assertThat(score.getDouble("traffic_share")).isEqualTo(1.0);
        assertThat(score.getDouble("score")).isPositive();
      }
    }
  }

  private static void prefer(GatewayProcess gateway, String provider) {
    JsonObject wish = new JsonObject().put("preferred_provider", provider);
    assertThat(
            gateway
                .admin()
                .call("PATCH", "/api/v1/preferences", wish.encode(), Map.of())
                .json(200)
                .getString("preferred_provider"))
        .isEqualTo(provider);
    await("all goes there")
        .atMost(LIMIT)
        .until(
            () ->
                provider(gateway, provider)
                        .getJsonObject("scores")
                        .getJsonObject("email")
                        .getDouble("traffic_share")
                    == 1.0);
  }

  private static String firstProvider(GatewayProcess gateway, int number) {
    ApiClient api = gateway.admin();
    String id = api.send(Messages.email(number));
    return Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isSentOrOver)
        .get(0)
        .attempts()
        .get(0)
        .provider();
  }

  private static void command(GatewayProcess gateway, String verb, String provider) {
    CommandRun run =
        CommandRun.signalbox(
            Map.of(),
            "providers",
            verb,
            provider,
            "--url",
            gateway.url(),
            "--token",
            gateway.token("manager"));
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  private static void awaitStage(GatewayProcess gateway, String stage) {
    await().atMost(LIMIT).until(() -> stage.equals(sendgrid(gateway).getString("stage")));
  }

  private static JsonObject sendgrid(GatewayProcess gateway) {
    return provider(gateway, "sendgrid");
  }

  private static JsonObject provider(GatewayProcess gateway, String id) {
    return gateway.admin().get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(provider -> id.equals(provider.getString("id")))
        .findFirst()
        .orElseThrow();
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All e-mail providers fail: the mode says so with its reasons, answers tell people, what has a
 * fallback channel goes over it at once, the rest waits, and all of it passes with the trouble.
 */
@Timeout(400)
class DegradationIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String HEALTH = "/api/v1/notifications/pipeline/health";

  @TempDir Path data;
  private int number;

  @Test
  void degradesWithReasonsAndRecovers() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator))) {
      ApiClient api = gateway.admin();
      assertThat(send(api, Messages.email(number++)).containsKey("notice")).isFalse();
      simulator.mode("sendgrid", "error");
      simulator.mode("resend", "error");
      List<String> late = new ArrayList<>();

      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                late.add(api.send(Messages.email(number++)));
                assertThat(api.get(HEALTH).json(200).getString("degradation_mode"))
                    .isEqualTo("DEGRADED");
              });
      JsonObject email = channel(api, "email");
      assertThat(email.getInteger("providers_configured")).isEqualTo(2);
      assertThat(email.getInteger("providers_usable")).isZero();
      assertThat(causes(email)).contains("no_usable_provider");
      assertThat(email.getJsonArray("reasons").encode()).contains("sendgrid").contains("resend");
      assertThat(channel(api, "sms").getString("degradation_mode")).isEqualTo("NORMAL");

      JsonObject delayed = send(api, Messages.email(number++));
      assertThat(delayed.getString("notice")).startsWith("E-mail is delayed at the moment;");
      late.add(delayed.getString("id"));
      long before = api.metric("fallback_channel_used_total");
      JsonObject diverted = send(api, withFallback(Messages.email(number++)));
      assertThat(diverted.getString("notice"))
          .isEqualTo("E-mail is not available at the moment; your message is sent by SMS instead.");
      Timeline overSms =
          Settling.awaitAll(api, List.of(diverted.getString("id")), LIMIT, Timeline::isDelivered)
              .get(0);
      assertThat(overSms.attempts()).hasSize(1);
      assertThat(api.metric("fallback_channel_used_total")).isEqualTo(before + 1);

      simulator.mode("sendgrid", "ok");
      simulator.mode("resend", "ok");
      Settling.awaitAll(api, late, LIMIT, Timeline::isDelivered);
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                // Half-open breakers need traffic to close.
                api.send(Messages.email(number++));
                assertThat(api.get(HEALTH).json(200).getString("degradation_mode"))
                    .isEqualTo("NORMAL");
              });
      assertThat(send(api, Messages.email(number++)).containsKey("notice")).isFalse();
    }
  }

  private static JsonObject send(ApiClient api, JsonObject notification) {
    return api.post("/api/v1/notifications/send", notification).json(202);
  }

  private static JsonObject withFallback(JsonObject email) {
    return email
        .put("recipient_phone", "+4915112345678")
        .put("fallback_channels", new JsonArray().add("sms"));
  }

  private static JsonObject channel(ApiClient api, String channel) {
    return api.get(HEALTH).json(200).getJsonObject("channels").getJsonObject(channel);
  }

  private static List<String> causes(JsonObject channel) {
    return channel.getJsonArray("reasons").stream()
        .map(reason -> ((JsonObject) reason).getString("cause"))
        .toList();
  }

  /** Breakers that open and recover, and modes that follow, within seconds. */
  private GatewaySettings settings(SimulatorProcess simulator) {
    return GatewaySettings.in(data)
        .against(simulator)
        .with("breaker.failure_threshold", 3)
        .with("breaker.recovery_timeout", "15s")
        .with("breaker.max_recovery_timeout", "15s")
        .with("breaker.successes_to_close", 1)
        .with("dispatch.max_rounds", 100)
        .with("dispatch.retry_base", "200ms")
        .with("dispatch.retry_max", "1s")
        .with("scoring.exploration", "0.5")
        .with("degradation.enter_after", "200ms")
        .with("degradation.leave_after", "3s");
  }
}

package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers tell people while not all is normal. */
class NoticeApiTest {
  private static final String DELAYED =
      "E-mail is delayed at the moment; your message is stored and will be sent as soon as"
          + " possible.";
  private static final String INSTEAD = "Statt E-mail nehmen wir \"SMS\".";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestGateway.start(
            dir,
            Map.of(
                "degradation.enter_after", "1ms",
                "degradation.leave_after", "1ms",
                "degradation.slow_commit", "30s",
                "intake.min_free_disk_bytes", "0",
                "degradation.low_disk_bytes", "0",
                "degradation.text_fallback", "Statt {channel} nehmen wir \"{fallback}\"."));
    calls = new Calls(gateway.url());
    gateway.announce("mail-1", Channel.EMAIL, 1, Stage.ACTIVE, "closed");
    gateway.announce("mail-2", Channel.EMAIL, 1, Stage.ACTIVE, "closed");
    gateway.announce("text", Channel.SMS, 1, Stage.ACTIVE, "closed");
    gateway.bus().publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
    Patience.await().until(() -> health().getJsonObject("channels").containsKey("email"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private static JsonObject mail() {
    return new JsonObject()
        .put("notification_type", "t")
        .put("channel", "email")
        .put("recipient_email", "a@example.com")
        .put("recipient_phone", "+12025550123")
        .put("message", "m");
  }

  private Reply post(String path, String body) throws Exception {
    return calls.send(
        "POST",
        "/api/v1/notifications/" + path,
        body,
        "authorization",
        "Bearer " + gateway.token(Role.SENDER),
        "content-type",
        "application/json");
  }

  private String noticeOf(JsonObject notification) throws Exception {
    Reply reply = post("send", notification.encode());
    assertThat(reply.status()).isEqualTo(202);
    return reply.json().getString("notice");
  }

  private JsonObject health() throws Exception {
    Reply reply =
        calls.send(
            "GET",
            "/api/v1/notifications/pipeline/health",
            "",
            "authorization",
            "Bearer " + gateway.token(Role.SENDER));
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private void modeBecomes(String mode) {
    Patience.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(health().getString("degradation_mode")).isEqualTo(mode));
  }

  @Test
  void answersTellWhatIsTheMatterAndOnlyThen() throws Exception {
    assertThat(noticeOf(mail())).isNull();

    gateway.announce("mail-1", Channel.EMAIL, 1, Stage.ACTIVE, "open");
    modeBecomes("PARTIAL");
    assertThat(noticeOf(mail())).startsWith("E-mail works with its reserve");

    gateway.announce("mail-2", Channel.EMAIL, 1, Stage.ACTIVE, "open");
    modeBecomes("DEGRADED");
    assertThat(noticeOf(mail())).isEqualTo(DELAYED);
    assertThat(noticeOf(mail().put("channel", "sms"))).isNull();
    assertThat(noticeOf(mail().put("fallback_channels", new JsonArray().add("sms"))))
        .isEqualTo(INSTEAD);
    assertThat(
            noticeOf(
                mail().put("send_at", Clock.systemUTC().instant().plusSeconds(3600).toString())))
        .isNull();

    gateway.announce("mail-1", Channel.EMAIL, 1, Stage.ACTIVE, "closed");
    gateway.announce("mail-2", Channel.EMAIL, 1, Stage.ACTIVE, "closed");
    modeBecomes("NORMAL");
    assertThat(noticeOf(mail())).isNull();
  }

  @Test
  void eachItemOfABatchHasItsOwn() throws Exception {
    gateway.announce("mail-1", Channel.EMAIL, 1, Stage.ACTIVE, "open");
    gateway.announce("mail-2", Channel.EMAIL, 1, Stage.ACTIVE, "open");
    modeBecomes("DEGRADED");

    JsonArray batch = new JsonArray().add(mail()).add(mail().put("channel", "sms"));
    JsonArray results = post("batch", batch.encode()).json().getJsonArray("results");

    assertThat(results.getJsonObject(0).getString("notice")).isEqualTo(DELAYED);
    assertThat(results.getJsonObject(1).containsKey("notice")).isFalse();
  }

  @Test
  void pipelineHealthNamesReasons() throws Exception {
    gateway.announce("mail-1", Channel.EMAIL, 1, Stage.DRAINING, "closed");
    modeBecomes("PARTIAL");

    JsonObject email = health().getJsonObject("channels").getJsonObject("email");

    assertThat(email.getInteger("providers_configured")).isEqualTo(2);
    assertThat(email.getInteger("providers_usable")).isEqualTo(1);
    assertThat(email.getString("notice")).startsWith("E-mail works with its reserve");
    assertThat(email.getJsonArray("reasons")).hasSize(1);
    JsonObject reason = email.getJsonArray("reasons").getJsonObject(0);
    assertThat(reason.getString("text")).contains("mail-1");
    reason.remove("text");
    assertThat(reason)
        .isEqualTo(
            new JsonObject()
                .put("cause", "provider_lost")
                .put("channel", "email")
                .put("detail", "mail-1: draining"));
    assertThat(
            health().getJsonObject("channels").getJsonObject("sms").getString("degradation_mode"))
        .isEqualTo("NORMAL");
    assertThat(calls.send("GET", "/health", "").json().getString("degradation_mode"))
        .isEqualTo("PARTIAL");
    String metrics =
        calls
            .send("GET", "/metrics", "", "authorization", "Bearer " + gateway.token(Role.ADMIN))
            .text();
    assertThat(metrics)
        .contains("degradation_mode 1.0")
        .contains("signalbox_channel_degradation_mode{channel=\"email\"} 1.0")
        .contains("signalbox_failure_severity{provider=\"mail-2\"} 0.0");
  }
}

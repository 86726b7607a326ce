package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a newcomer does in the first five minutes, with {@code serve --sandbox} and nothing else.
 */
@Timeout(240)
class QuickstartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern CURL = Pattern.compile("(?m)^\\s*(curl .*)$");
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  /** As design and README have it, byte for byte. */
  private static final String SAMPLE =
      """
      {"notification_type":"status_changed","channel":"telegram","recipient_telegram_id":123456789,\
      "title":"Test Notification","message":"Production pipeline test","priority":2}""";

  @TempDir static Path data;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    // The sandbox's own files, with patience: a slow machine must not look like a slow provider.
    Path files = data.resolve("sandbox");
    Distribution.copySandboxProviders(
        files, SandboxProvider.all().stream().map(SandboxProvider::id).toList());
    GatewaySettings settings =
        GatewaySettings.in(data)
            .with("sandbox.port", 0)
            .with("sandbox.providers_dir", files)
            .withAttemptTimeout("30s");
    gateway = GatewayProcess.start(settings, "--sandbox");
    api = gateway.admin();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void thePrintedCurlLineWorksAsPasted() {
    gateway.awaitOutput(CURL, LIMIT);
    String line = gateway.find(CURL).map(match -> match.group(1)).orElseThrow();

    CommandRun run = CommandRun.shell(line);

    assertThat(run.exitCode()).as("%s: %s", line, run).isZero();
    Matcher id = ID.matcher(run.out());
    assertThat(id.find()).as("%s: %s", line, run).isTrue();
    awaitDelivered(id.group(1));
  }

  @Test
  void theSampleBodyIsAcceptedAsItStands() {
    ApiClient.Answer answer =
        api.call(
            "POST",
            "/api/v1/notifications/send",
            SAMPLE,
            Map.of("Content-Type", "application/json"));

    JsonObject accepted = answer.json(202);
    assertThat(accepted.getBoolean("duplicate")).isFalse();
    assertThat(accepted.getString("status")).isEqualTo("queued");
    // Telegram's Bot API has no receipts: it ends as sent.
    Timeline timeline =
        Settling.awaitAll(api, List.of(accepted.getString("id")), LIMIT, Timeline::isSentOrOver)
            .get(0);
    assertThat(timeline.state()).isEqualTo("sent");
  }

  @Test
  void theTimelineExplainsTheDelivery() {
    for (JsonObject message : List.of(Messages.email(1), Messages.sms(2))) {
      Timeline timeline = awaitDelivered(api.send(message));

      assertThat(timeline.attempts()).as("%s", timeline).hasSize(1);
      Timeline.Attempt attempt = timeline.attempts().get(0);
      assertThat(attempt.outcome()).isEqualTo("sent");
      assertThat(attempt.providerMessageId()).isNotEmpty();
      assertThat(attempt.durationMillis()).isNotNegative();
      JsonArray candidates = attempt.decision().getJsonObject("ranking").getJsonArray("candidates");
      assertThat(candidates).as("%s", timeline).hasSize(providersOf(message.getString("channel")));
      for (Object each : candidates) {
        JsonObject candidate = (JsonObject) each;
        assertThat(candidate.getDouble("score")).isBetween(0.0, 200.0);
        assertThat(candidate.getJsonArray("inputs")).isNotEmpty();
      }
      assertThat(timeline.receipts())
          .as("%s", timeline)
          .anyMatch(receipt -> "delivered".equals(receipt.getString("status")));
    }
  }

  private static int providersOf(String channel) {
    return (int)
        SandboxProvider.all().stream()
            .filter(provider -> provider.channel().equals(channel))
            .count();
  }

  @Test
  void probesAnswerWithoutATokenAndReportsWithOne() {
    ApiClient nobody = new ApiClient(gateway.url(), "");
    for (String probe : List.of("/health", "/health/live", "/health/ready", "/ready")) {
      assertThat(nobody.get(probe).status()).as(probe).isEqualTo(200);
    }
    for (String report : List.of("/health/providers", "/health/circuit-breakers", "/metrics")) {
      assertThat(nobody.get(report).status()).as(report).isEqualTo(401);
      assertThat(api.get(report).status()).as(report).isEqualTo(200);
    }
    int all = SandboxProvider.all().size();
    assertThat(api.get("/health/providers").json().getJsonArray("providers")).hasSize(all);
    assertThat(api.get("/health/circuit-breakers").json().getJsonObject("circuit_breakers"))
        .hasSize(all);
    assertThat(api.get("/metrics").body()).contains("circuit_breaker_state");
  }

  @Test
  void nobodySendsWithoutTheRightToken() {
    ApiClient nobody = new ApiClient(gateway.url(), "");
    ApiClient forger = new ApiClient(gateway.url(), "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl");
    ApiClient viewer = new ApiClient(gateway.url(), gateway.token("viewer"));
    ApiClient sender = new ApiClient(gateway.url(), gateway.token("sender"));

    String path = "/api/v1/notifications/send";
    assertThat(nobody.post(path, Messages.email(3)).status()).isEqualTo(401);
    assertThat(forger.post(path, Messages.email(3)).status()).isEqualTo(401);
    assertThat(viewer.post(path, Messages.email(3)).status()).isEqualTo(403);
    assertThat(sender.post(path, Messages.email(3)).status()).isEqualTo(202);
  }

  @Test
  void badInputIsAnsweredWithEveryMistake() {
    JsonObject wrong =
        Messages.email(4).put("priority", 7).put("recipient_email", "nobody").put("titel", "x");

    JsonObject problem = api.post("/api/v1/notifications/send", wrong).json(422);

    assertThat(problem.getJsonArray("errors"))
        .extracting(error -> ((JsonObject) error).getString("pointer"))
        .contains("/priority", "/recipient_email", "/titel");
  }

  private static Timeline awaitDelivered(String id) {
    return Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isDelivered).get(0);
  }
}

package io.signalbox.provider.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelegramDeliveryTest extends BaseDeliveryTest {
  private static final String KEY = "AAhush-hush_key";
  private static final String TOKEN = "987654:" + KEY;

  @Override
  protected ProviderFactory factory() {
    return new TelegramFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return new JsonObject().put("bot_token", TOKEN).put("base_url", baseUrl);
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("bot_token");
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.telegram();
  }

  @Override
  protected Reply success() {
    return Reply.json(200, resource("/api/send_success.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "7:42";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/bot" + TOKEN + "/sendMessage");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject()
                .put("chat_id", 123456789)
                .put("text", "Test Notification\nProduction pipeline test"));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
            "chat not found",
            Reply.json(400, resource("/api/error_400_chat_not_found.json")),
            ReasonClass.HARD_BOUNCE),
        ErrorCase.rejected(
            "migrated again and again",
            Reply.json(400, resource("/api/error_400_migrate.json")),
            ReasonClass.HARD_BOUNCE),
        ErrorCase.of(
                "token revoked",
                Reply.json(401, resource("/api/error_401.json")),
                OutcomeKind.PROVIDER_FAULT)
            .withCode("401"),
        ErrorCase.rejected(
                "blocked by the user",
                Reply.json(403, resource("/api/error_403_blocked.json")),
                ReasonClass.UNSUBSCRIBED)
            .withCode("403"));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
            "too many requests",
            Reply.json(429, resource("/api/error_429.json")),
            Duration.ofSeconds(5))
        .withCode("429");
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN, KEY);
  }

  @Test
  void sendsOnceMoreToGroupThatMoved() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.json().getLong("chat_id") == 123456789
                        ? Reply.json(400, resource("/api/error_400_migrate.json"))
                        : success()));

    assertThat(provider().deliver(request())).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen())
        .extracting(seen -> seen.json().getLong("chat_id"))
        .containsExactly(123456789L, -1001234567890L);
  }

  @Test
  void followsNoSecondMove() {
    server().reply(Reply.json(400, resource("/api/error_400_migrate.json")));

    assertThat(provider().deliver(request())).isInstanceOf(Outcome.Rejected.class);

    assertThat(server().seen()).hasSize(2);
  }

  @Test
  void followsNoMoveWhenTimeIsOver() {
    server()
        .script(
            seen -> {
              clock.advance(request().timeout());
              return Future.succeededFuture(
                  Reply.json(400, resource("/api/error_400_migrate.json")));
            });

    assertThat(provider().deliver(request())).isInstanceOf(Outcome.Rejected.class);

    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void passesParseModeOnAndLeavesLengthToTelegram() {
    server().reply(success());
    JsonObject config = config(server().url()).put("parse_mode", "HTML");

    assertThat(provider(config).deliver(text("<b>x</b>".repeat(1000))))
        .isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).json().getString("parse_mode")).isEqualTo("HTML");
  }

  @Test
  void refusesTooLongAndEmptyTextsAndForeignRecipientsBeforeSending() {
    for (String text : List.of(" ", "x".repeat(4097))) {
      assertRefusedUnsent(text(text), ReasonClass.INVALID_CONTENT);
    }
    assertRefusedUnsent(SampleRequests.sms(), ReasonClass.INVALID_RECIPIENT);
  }

  @Test
  void checkTestsTheToken() {
    server()
        .reply(Reply.json(200, "{\"ok\":true,\"result\":{\"id\":1,\"username\":\"notify_bot\"}}"));
    assertThat(provider().check())
        .isEqualTo(CheckResult.healthy("the token is good, bot @notify_bot"));
    assertThat(server().seen().get(0).path()).isEqualTo("/bot" + TOKEN + "/getMe");

    server().reply(Reply.json(401, resource("/api/error_401.json")));
    assertThat(provider().check())
        .isEqualTo(CheckResult.unhealthy("getMe answered 401: Unauthorized"));
  }

  private DeliveryRequest text(String text) {
    return SampleRequests.withText(request(), text);
  }
}

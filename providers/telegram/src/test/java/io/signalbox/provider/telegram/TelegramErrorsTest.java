package io.signalbox.provider.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.Secret;
import io.signalbox.toolkit.HttpAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramErrorsTest {
  private static final TelegramErrors ERRORS = new TelegramErrors(new Secret("1:secret"));
  private static final Recipient CHAT = new Recipient.TelegramChat(-1001234567890L);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400; Bad Request: chat not found; REJECTED; HARD_BOUNCE",
        "400; Bad Request: user not found; REJECTED; HARD_BOUNCE",
        "400; Bad Request: PEER_ID_INVALID; REJECTED; HARD_BOUNCE",
        "400; Bad Request: message text is empty; REJECTED; INVALID_CONTENT",
        "400; Bad Request: message is too long; REJECTED; INVALID_CONTENT",
        "400; Bad Request: can't parse entities: x; REJECTED; INVALID_CONTENT",
        "400; Bad Request: not enough rights to send text messages; REJECTED; BLOCKED",
        "400; Bad Request: group is deactivated; REJECTED; HARD_BOUNCE",
        "401; Unauthorized; PROVIDER_FAULT;",
        "403; Forbidden: bot was blocked by the user; REJECTED; UNSUBSCRIBED",
        "403; FORBIDDEN: BOT WAS BLOCKED BY THE USER; REJECTED; UNSUBSCRIBED",
        "403; Forbidden: user is deactivated; REJECTED; HARD_BOUNCE",
        "403; Forbidden: bot was kicked from the group chat; REJECTED; BLOCKED",
        "403; Forbidden: bot is not a member of the channel chat; REJECTED; BLOCKED",
        "403; Forbidden: bot can't initiate conversation with a user; REJECTED; BLOCKED",
        "403; Forbidden: bot can't send messages to bots; REJECTED; INVALID_RECIPIENT",
        "403; ; PROVIDER_FAULT;",
        "404; Not Found; PROVIDER_FAULT;",
        "409; Conflict: webhook; PROVIDER_FAULT;",
        "429; Too Many Requests: retry after 5; THROTTLED;",
        "500; Internal Server Error; TRANSIENT;",
        "502; Bad Gateway; UNKNOWN;",
        "503; ; TRANSIENT;",
        "504; ; UNKNOWN;",
        "301; ; PROVIDER_FAULT;"
      })
  void mapsAsDocumented(int status, String description, OutcomeKind kind, ReasonClass reason) {
    JsonObject body = new JsonObject().put("ok", false).put("error_code", status);
    if (description != null) {
      body.put("description", description);
    }
    Outcome outcome = outcome(status, body.encode());
    assertThat(outcome.kind()).isEqualTo(kind);
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(reason);
    }
    assertThat(outcome.evidence().message()).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"ok\":true}",
        "{\"ok\":true,\"result\":{\"message_id\":1}}",
        "{\"ok\":false,\"result\":{\"message_id\":1,\"chat\":{\"id\":7}}}",
        "{\"ok\":true,\"result\":{\"message_id\":1,\"chat\":7}}"
      })
  void knowsNothingFromUnreadableSuccess(String body) {
    assertThat(outcome(200, body)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void joinsChatAndMessageToId() {
    String body = "{\"ok\":true,\"result\":{\"message_id\":42,\"chat\":{\"id\":-1001234567890}}}";
    assertThat(outcome(200, body))
        .isInstanceOfSatisfying(
            Outcome.Sent.class,
            sent -> assertThat(sent.providerMessageId()).isEqualTo("-1001234567890:42"));
  }

  @Test
  void showsNoChat() {
    String body = "{\"ok\":true,\"result\":{\"message_id\":42,\"chat\":{\"id\":-1001234567890}}}";
    assertThat(outcome(200, body)).asString().doesNotContain("1001234567890");
    assertThat(outcome(400, "{\"description\":\"no chat -1001234567890\"}").evidence().message())
        .isEqualTo("no chat (recipient)");
  }

  @Test
  void prefersWaitOfBodyOverHeader() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Retry-After", "9");
    String body = "{\"ok\":false,\"parameters\":{\"retry_after\":5}}";
    assertThat(
            ERRORS.outcome(
                new HttpAnswer.Answered(429, headers, Buffer.buffer(body)), CHAT, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
    assertThat(
            ERRORS.outcome(
                new HttpAnswer.Answered(429, headers, Buffer.buffer()), CHAT, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void hidesTokenThatAnAnswerQuotes() {
    Outcome outcome =
        outcome(404, "{\"ok\":false,\"description\":\"no /bot1:secret/sendMessage here\"}");
    assertThat(outcome.evidence().message()).isEqualTo("no /bot<bot_token>/sendMessage here");
  }

  private static Outcome outcome(int status, String body) {
    return ERRORS.outcome(
        new HttpAnswer.Answered(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)),
        CHAT,
        Instant.EPOCH);
  }
}

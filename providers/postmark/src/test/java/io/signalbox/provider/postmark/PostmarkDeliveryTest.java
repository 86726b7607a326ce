package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.testkit.SentAs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostmarkDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new PostmarkFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl);
  }

  @Override
  protected List<String> requiredKeys() {
    return TestAccount.REQUIRED_KEYS;
  }

  @Override
  protected List<String> secrets() {
    return List.of(TestAccount.TOKEN);
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.email();
  }

  @Override
  protected Reply success() {
    return Reply.json(200, resource("/api/send_success.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "883953f4-6105-42a2-a16a-77a8eac79483";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/email");
    assertThat(seen.header("X-Postmark-Server-Token")).isEqualTo(TestAccount.TOKEN);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject(
                """
                {"From": "Orders <orders@example.com>",
                 "To": "alex@example.com",
                 "Subject": "Hello",
                 "TextBody": "Grüße, Alex 😀",
                 "HtmlBody": "<p>Grüße, Alex 😀</p>",
                 "Tag": "status_changed",
                 "Metadata": {"signalbox_attempt": "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f-1"},
                 "MessageStream": "outbound"}
                """));
  }

  @Override
  protected SentAs sentAs(SeenRequest seen) {
    return SentAs.of(seen.json().getString("From"), seen.json().getString("ReplyTo"));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
                "300 bad recipient",
                Reply.json(422, resource("/api/error_422_invalid.json")),
                ReasonClass.INVALID_RECIPIENT)
            .withCode("300"),
        ErrorCase.of(
            "300 bad sender",
            error(422, 300, "Invalid 'From' address: 'nobody'."),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected(
            "300 no body",
            error(422, 300, "Provide either email TextBody or HtmlBody or both."),
            ReasonClass.INVALID_CONTENT),
        ErrorCase.rejected(
                "406 inactive recipient",
                Reply.json(422, resource("/api/error_422_inactive.json")),
                ReasonClass.SUPPRESSED)
            .withCode("406"),
        ErrorCase.of(
                "10 bad token",
                Reply.json(401, resource("/api/error_401.json")),
                OutcomeKind.PROVIDER_FAULT)
            .withCode("10"),
        ErrorCase.of("100 maintenance", error(503, 100, "Maintenance now"), OutcomeKind.TRANSIENT),
        ErrorCase.of("400 no sender signature", error(422, 400), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("401 not confirmed", error(422, 401), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("402 invalid JSON", error(422, 402), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("403 incompatible JSON", error(422, 403), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("405 out of credits", error(422, 405), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("409 JSON required", error(422, 409), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected("411 attachment type", error(422, 411), ReasonClass.INVALID_CONTENT),
        ErrorCase.of("412 pending", error(422, 412), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("413 may not send", error(422, 413), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("1235 no such stream", error(422, 1235), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("1236 no sending stream", error(422, 1236), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected("422 with a new code", error(422, 9999), ReasonClass.INVALID_CONTENT),
        ErrorCase.rejected(
            "200 with an error inside", error(200, 406, "Inactive it is"), ReasonClass.SUPPRESSED),
        ErrorCase.of(
            "403 by the network",
            Reply.of(403, "text/html", Buffer.buffer("<html>Forbidden")),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.throttled(
            "429 with a wait",
            error(429, 429, "Rate limit exceeded now").withHeader("Retry-After", "3"),
            Duration.ofSeconds(3)),
        ErrorCase.of("500", error(500, 500), OutcomeKind.TRANSIENT),
        ErrorCase.of(
            "200 without an id", Reply.json(200, "{\"ErrorCode\":0}"), OutcomeKind.UNKNOWN));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled("429", error(429, 429, "Rate limit exceeded now"), null);
  }

  @Override
  protected Reply checkSuccess() {
    return Reply.json(200, "{\"ID\":1,\"Name\":\"Orders\",\"ApiTokens\":[\"x\"]}");
  }

  @Test
  void checkReadsTheServer() {
    server().reply(checkSuccess());
    assertThat(provider().check().healthy()).isTrue();
    assertThat(server().seen().get(0).path()).isEqualTo("/server");

    server().reply(Reply.json(401, resource("/api/error_401.json")));
    assertThat(provider().check().healthy()).isFalse();
  }

  @Test
  void refusesTooLargeTextsBeforeSending() {
    String large = "é".repeat(PostmarkMessage.MAX_BODY_BYTES / 2 + 1);

    for (Content content : List.of(new Content("t", large, "x"), new Content("t", "x", large))) {
      assertRefusedUnsent(
          SampleRequests.withContent(request(), content), ReasonClass.INVALID_CONTENT);
    }
  }

  @Test
  void refusesRecipientsOfOtherChannels() {
    DeliveryRequest sms =
        SampleRequests.of(
            Channel.EMAIL, new Recipient.Phone("+15558675310"), new Content(null, "Hi", null));

    assertRefusedUnsent(sms, ReasonClass.INVALID_RECIPIENT);
  }

  @Test
  void sendsLabelsAndTheStreamOfTheConfiguration() {
    server().reply(success());
    DeliveryRequest labelled =
        SampleRequests.withLabels(
            SampleRequests.withContent(request(), new Content(null, null, "<p>Hi</p>")),
            Duration.ofHours(1),
            Map.of("welcome", "true", "order", "4711"));

    provider(config(server().url()).put("message_stream", "broadcast")).deliver(labelled);

    assertThat(server().seen().get(0).json())
        .isEqualTo(
            new JsonObject(
                """
                {"From": "Orders <orders@example.com>",
                 "To": "alex@example.com",
                 "Subject": "status_changed",
                 "HtmlBody": "<p>Hi</p>",
                 "Tag": "welcome",
                 "Metadata": {"signalbox_attempt": "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f-1",
                              "order": "4711", "welcome": "true"},
                 "MessageStream": "broadcast"}
                """));
  }

  private static Reply error(int status, int code) {
    return error(status, code, "something about alex@example.com");
  }

  private static Reply error(int status, int code, String message) {
    return Reply.json(status, new JsonObject().put("ErrorCode", code).put("Message", message));
  }
}

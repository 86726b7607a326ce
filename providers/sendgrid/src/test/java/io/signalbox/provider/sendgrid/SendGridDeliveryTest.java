package io.signalbox.provider.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.testkit.SentAs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendGridDeliveryTest extends BaseDeliveryTest {
  private static final String ID = "LRzXl_NHStOGhQ4kofSm_A";

  @Override
  protected ProviderFactory factory() {
    return new SendGridFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("api_key", "SG.secret-key")
        .put("base_url", baseUrl)
        .put("from", "orders@example.com")
        .put("from_name", "Orders");
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("api_key", "from");
  }

  @Override
  protected List<String> secrets() {
    return List.of("SG.secret-key");
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.email();
  }

  @Override
  protected Reply success() {
    return Reply.empty(202).withHeader("X-Message-Id", ID);
  }

  @Override
  protected String expectedProviderMessageId() {
    return ID;
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v3/mail/send");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer SG.secret-key");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject(
                """
                {"personalizations": [{
                   "to": [{"email": "alex@example.com"}],
                   "custom_args": {"signalbox_attempt": "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f-1"}}],
                 "from": {"email": "orders@example.com", "name": "Orders"},
                 "subject": "Hello",
                 "content": [
                   {"type": "text/plain", "value": "Grüße, Alex 😀"},
                   {"type": "text/html", "value": "<p>Grüße, Alex 😀</p>"}]}
                """));
  }

  @Override
  protected SentAs sentAs(SeenRequest seen) {
    JsonObject from = seen.json().getJsonObject("from");
    List<MailAddress> answers =
        seen.json().getJsonArray("reply_to_list", new JsonArray()).stream()
            .map(each -> address((JsonObject) each))
            .toList();
    JsonObject one = seen.json().getJsonObject("reply_to");
    assertThat(one == null || answers.isEmpty()).isTrue();
    return new SentAs(
        from.getString("email"),
        from.getString("name"),
        one == null ? answers : List.of(address(one)));
  }

  private static MailAddress address(JsonObject json) {
    return new MailAddress(json.getString("email"), json.getString("name"));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
                "400 bad recipient",
                Reply.json(400, resource("/api/error_400.json")),
                ReasonClass.INVALID_RECIPIENT)
            .withCode("personalizations.0.to.0.email"),
        ErrorCase.rejected(
            "400 bad content", error(400, "content.0.value"), ReasonClass.INVALID_CONTENT),
        ErrorCase.rejected("400 bad JSON", error(400, null), ReasonClass.INVALID_CONTENT),
        ErrorCase.of("400 bad sender", error(400, "from.email"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "401 bad key",
            Reply.json(401, resource("/api/error_401.json")),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("403 unverified sender", error(403, "from"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("404", error(404, null), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("405", error(405, null), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected("413 too large", error(413, null), ReasonClass.INVALID_CONTENT),
        ErrorCase.of("415", error(415, null), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.throttled("429 without a time", error(429, null), null),
        ErrorCase.of("500", error(500, null), OutcomeKind.TRANSIENT),
        ErrorCase.of("503", error(503, null), OutcomeKind.TRANSIENT),
        ErrorCase.of("200 without an id", Reply.empty(200), OutcomeKind.UNKNOWN));
  }

  @Override
  protected ErrorCase throttled() {
    String refill = Long.toString(NOW.getEpochSecond() + 12);
    return ErrorCase.throttled(
        "429",
        Reply.json(429, resource("/api/error_429.json")).withHeader("X-RateLimit-Reset", refill),
        Duration.ofSeconds(12));
  }

  @Test
  void checkSendsInSandboxModeOnly() {
    server().reply(Reply.empty(200));

    assertThat(provider().check().healthy()).isTrue();

    JsonObject seen = server().seen().get(0).json();
    assertThat(seen.getJsonObject("mail_settings").getJsonObject("sandbox_mode"))
        .isEqualTo(new JsonObject().put("enable", true));
    server().reply(Reply.json(401, resource("/api/error_401.json")));
    assertThat(provider().check().healthy()).isFalse();
  }

  @Test
  void mailWithHtmlAloneHasOnePart() {
    server().reply(success());
    Content html = new Content(null, null, "<p>Hi</p>");

    assertThat(provider().deliver(SampleRequests.withContent(request(), html)).kind())
        .isEqualTo(OutcomeKind.SENT);

    JsonObject seen = server().seen().get(0).json();
    assertThat(seen.getJsonArray("content")).hasSize(1);
    assertThat(seen.getString("subject")).isEqualTo("status_changed");
  }

  private static Reply error(int status, String field) {
    JsonObject error = new JsonObject().put("message", "alex@example.com, no").put("field", field);
    return Reply.json(
        status, new JsonObject().put("errors", new io.vertx.core.json.JsonArray().add(error)));
  }
}

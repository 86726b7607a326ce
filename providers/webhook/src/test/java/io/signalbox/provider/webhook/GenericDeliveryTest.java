package io.signalbox.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.toolkit.FormBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericDeliveryTest extends BaseDeliveryTest {
  private static final String TOKEN = "secret-token-0123456789";

  @Override
  protected ProviderFactory factory() {
    return new WebhookFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return json(
        """
        {
          "url": "%url/v1/{{notification_type}}/messages?to={{recipient}}",
          "bearer_token": "%token",
          "headers": {"X-Api-Version": "2", "Idempotency-Key": "{{idempotency_key}}"},
          "max_characters": 100,
          "json": {
            "to": "{{recipient_digits}}",
            "number": "{{recipient:number}}",
            "subject": "{{title}}",
            "text": "Acme: {{message}}",
            "reference": "{{attempt_id}}",
            "callback": "{{webhook_url}}",
            "options": {"flash": false, "parts": 3, "nothing": null, "tags": ["{{title}}", "x"]}
          },
          "success": {
            "statuses": [200, 202],
            "exists": "/data",
            "equals": {"/ok": true},
            "message_id": "/data/0/id"
          },
          "errors": {
            "code": "/error/code",
            "message": "/error/message",
            "retry_after": "/error/wait",
            "outcomes": [
              {"code": ["E12", "E13"], "outcome": "rejected", "reason": "invalid_recipient"},
              {"status": 400, "outcome": "rejected"},
              {"status": 409, "code": "E40", "outcome": "transient"},
              {"code": "E90", "outcome": "throttled"},
              {"code": "E99", "outcome": "provider_fault"}
            ]
          }
        }
        """
            .replace("%url", baseUrl)
            .replace("%token", TOKEN));
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("url");
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.sms();
  }

  @Override
  protected Reply success() {
    return Reply.json(202, "{\"ok\":true,\"data\":[{\"id\":\"m-1\"}]}");
  }

  @Override
  protected String expectedProviderMessageId() {
    return "m-1";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v1/status_changed/messages");
    assertThat(seen.query()).isEqualTo("to=%2B15558675310");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("X-Api-Version")).isEqualTo("2");
    assertThat(seen.header("Idempotency-Key")).isEqualTo(SampleRequests.IDEMPOTENCY_KEY);
    assertThat(seen.json())
        .isEqualTo(
            json(
                """
                {
                  "to": "15558675310",
                  "number": 15558675310,
                  "text": "Acme: Your code is 123456",
                  "reference": "%attempt",
                  "callback": "https://app.example.com/webhooks/under-test",
                  "options": {"flash": false, "parts": 3, "nothing": null, "tags": ["x"]}
                }
                """
                    .replace("%attempt", SampleRequests.ATTEMPT_ID)));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected("by code", error(422, "E13"), ReasonClass.INVALID_RECIPIENT)
            .withCode("E13"),
        ErrorCase.rejected("by status", error(400, "E77"), ReasonClass.INVALID_CONTENT),
        ErrorCase.of("by both", error(409, "E40"), OutcomeKind.TRANSIENT),
        ErrorCase.of("code in a success", error(200, "E99"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "a success that breaks the rule",
            Reply.json(200, "{\"ok\":false,\"data\":[{\"id\":\"m-1\"}]}"),
            OutcomeKind.UNKNOWN),
        ErrorCase.of(
            "a status that is no success",
            Reply.json(201, "{\"ok\":true,\"data\":[{\"id\":\"m-1\"}]}"),
            OutcomeKind.UNKNOWN),
        ErrorCase.throttled(
            "wait in the body",
            Reply.json(503, "{\"error\":{\"code\":\"E90\",\"wait\":7}}"),
            Duration.ofSeconds(7)));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
        "too many requests",
        Reply.empty(429).withHeader("Retry-After", "3"),
        Duration.ofSeconds(3));
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }

  @Test
  void valuesCannotChangeTheShapeOfTheBody() {
    server().reply(success());
    String hostile = "\",\"admin\":true,\"x\":\"{{attempt_id}}\n\\";

    provider().deliver(SampleRequests.withText(request(), hostile));

    JsonObject seen = server().seen().get(0).json();
    assertThat(seen.containsKey("admin")).isFalse();
    assertThat(seen.getString("text")).isEqualTo("Acme: " + hostile);
  }

  @Test
  void valuesStayOnePartOfTheUrl() {
    server().reply(success());
    JsonObject config =
        config(server().url()).put("url", server().url() + "/a/{{title}}/b?t={{message}}&c=1");
    Content content = new Content("../x?y#z/", "1&c=2 ü+", null);

    provider(config).deliver(SampleRequests.withContent(request(), content));

    SeenRequest seen = server().seen().get(0);
    assertThat(seen.path()).isEqualTo("/a/..%2Fx%3Fy%23z%2F/b");
    assertThat(seen.query()).isEqualTo("t=1%26c%3D2%20%C3%BC%2B&c=1");
  }

  @Test
  void refusesValueThatWouldClimbInThePath() {
    JsonObject config = config(server().url()).put("url", server().url() + "/a/{{title}}/b");

    Outcome outcome =
        provider(config)
            .deliver(SampleRequests.withContent(request(), new Content("..", "x", null)));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.evidence().code()).isEqualTo("unfit_value");
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void refusesWhatIsNoNumberWhereOneIsAskedFor() {
    JsonObject config = config(server().url()).put("json", json("{\"n\":\"{{message:number}}\"}"));

    Outcome outcome = provider(config).deliver(request());

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.evidence().message()).contains("{{message}}");
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void refusesTooLongTextBeforeSending() {
    Outcome outcome = provider().deliver(SampleRequests.withText(request(), "😀".repeat(101)));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.evidence().progress()).isEqualTo(Progress.NOT_CONNECTED);
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void sendsFormsAndSignsInByName() {
    server().reply(Reply.empty(200).withHeader("X-Id", "h-9"));
    JsonObject config =
        json(
            """
            {
              "url": "%url/send",
              "method": "PUT",
              "basic": {"user": "me", "password": "%token"},
              "form": {"to": "{{recipient}}", "text": "{{text}} & more", "title": "{{title}}"},
              "success": {"message_id_header": "X-Id"}
            }
            """
                .replace("%url", server().url())
                .replace("%token", TOKEN));

    Outcome outcome = provider(config).deliver(request());

    assertThat(((Outcome.Sent) outcome).providerMessageId()).isEqualTo("h-9");
    SeenRequest seen = server().seen().get(0);
    assertThat(seen.method()).isEqualTo("PUT");
    assertThat(seen.header("Authorization")).startsWith("Basic ");
    assertThat(FormBody.parse(seen.body()).orElseThrow().fields())
        .containsExactly(
            new FormBody.Field("text", "Your code is 123456 & more"),
            new FormBody.Field("to", "+15558675310"));
  }

  @Test
  void sendsTagsAndCallsAMessageByItsAttemptWhereTheApiHasNoIds() {
    server().reply(Reply.empty(204));
    JsonObject config =
        json("{\"json\":{\"all\":\"{{tags}}\",\"one\":\"{{tags.order}}\"}}")
            .put("url", server().url());
    DeliveryRequest tagged = SampleRequests.withLabels(request(), null, Map.of("order", "A-1"));

    Outcome outcome = provider(config).deliver(tagged);

    assertThat(((Outcome.Sent) outcome).providerMessageId()).isEqualTo(SampleRequests.ATTEMPT_ID);
    assertThat(server().seen().get(0).json())
        .isEqualTo(json("{\"all\":{\"order\":\"A-1\"},\"one\":\"A-1\"}"));
  }

  @Test
  void checksByItsOwnUrlWithItsCredentials() {
    JsonObject config = config(server().url()).put("check_url", server().url() + "/me");
    server().reply(Reply.empty(204));
    assertThat(provider(config).check().healthy()).isTrue();
    server().reply(Reply.empty(401));
    assertThat(provider(config).check().healthy()).isFalse();

    SeenRequest seen = server().seen().get(0);
    assertThat(seen.path()).isEqualTo("/me");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(seen.header("X-Api-Version")).isEqualTo("2");
    assertThat(seen.header("Idempotency-Key")).isNull();
  }

  private static Reply error(int status, String code) {
    JsonObject error = new JsonObject().put("code", code).put("message", "what " + code + " means");
    return Reply.json(status, new JsonObject().put("error", error).put("data", new JsonArray()));
  }

  private static JsonObject json(String text) {
    return new JsonObject(text);
  }
}

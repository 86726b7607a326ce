package io.signalbox.provider.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatsAppDeliveryTest extends BaseDeliveryTest {
  private static final String NUMBER = "106540352242922";
  private static final String TOKEN = "EAAG0123456789abcdef";
  private static final String WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0Q2QkQ4QzA2MjgxOTI4OTkA";

  @Override
  protected ProviderFactory factory() {
    return new WhatsAppFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("phone_number_id", NUMBER)
        .put("access_token", TOKEN)
        .put("app_secret", "an-app-secret")
        .put("base_url", baseUrl);
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("phone_number_id", "access_token");
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.of(
        Channel.WHATSAPP, new Recipient.Phone("+16505551234"), new Content(null, "Hello", null));
  }

  @Override
  protected Reply success() {
    return Reply.json(200, resource("/api/send_success.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return WAMID;
  }

  @Override
  protected Reply checkSuccess() {
    return Reply.json(200, new JsonObject().put("id", NUMBER));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v23.0/" + NUMBER + "/messages");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject(resource("/api/send_request_text.json"))
                .put("biz_opaque_callback_data", SampleRequests.ATTEMPT_ID));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
                "invalid parameter",
                Reply.json(400, resource("/api/error_invalid_param.json")),
                ReasonClass.INVALID_CONTENT)
            .withCode("100"),
        ErrorCase.of(
                "token expired",
                Reply.json(401, resource("/api/error_token.json")),
                OutcomeKind.PROVIDER_FAULT)
            .withCode("190"),
        ErrorCase.rejected("closed window", error(400, 131047), ReasonClass.BLOCKED),
        ErrorCase.rejected("not on WhatsApp", error(400, 131026), ReasonClass.HARD_BOUNCE),
        ErrorCase.rejected("stopped marketing", error(400, 131050), ReasonClass.UNSUBSCRIBED),
        ErrorCase.of("account locked", error(403, 131031), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("number was deleted", error(400, 33), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("overloaded", error(503, 2), OutcomeKind.TRANSIENT),
        ErrorCase.of("something went wrong", error(500, 131000), OutcomeKind.TRANSIENT),
        ErrorCase.throttled("pair rate", error(400, 131056), Duration.ofSeconds(1)),
        ErrorCase.throttled("spam rate", error(429, 131048), null));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
            "too many messages",
            Reply.json(400, resource("/api/error_rate_limit.json"))
                .withHeader(
                    "x-business-use-case-usage",
                    "{\"1\":[{\"call_count\":100,\"estimated_time_to_regain_access\":2}]}"),
            Duration.ofMinutes(2))
        .withCode("130429");
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN, "an-app-secret");
  }

  @Test
  void sendsTemplateOfItsTypeWithParametersInOrder() {
    server().reply(success());
    JsonObject template =
        template("order_update").put("language", "en_US").put("parameters", List.of("tags.order"));
    JsonObject config = config(server().url()).put("templates", of("status_changed", template));

    assertThat(provider(config).deliver(tagged())).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).json())
        .isEqualTo(
            new JsonObject(resource("/api/send_request_template.json"))
                .put("biz_opaque_callback_data", SampleRequests.ATTEMPT_ID));
  }

  @Test
  void sendsDefaultTemplateForOtherTypesOnOneLine() {
    server().reply(success());
    JsonObject config =
        config(server().url())
            .put("templates", of("other", template("other")))
            .put(
                "default_template",
                template("generic").put("parameters", List.of("title", "message")));
    DeliveryRequest request =
        SampleRequests.withContent(
            request(), new Content("Order", " came\n\n\tto      you ", null));

    assertThat(provider(config).deliver(request)).isInstanceOf(Outcome.Sent.class);

    String seen = server().seen().get(0).text();
    assertThat(seen).contains("\"generic\"", "\"Order\"", "\"came to you\"");
  }

  @Test
  void refusesTemplateWithoutItsParametersBeforeSending() {
    JsonObject config =
        config(server().url())
            .put("default_template", template("generic").put("parameters", "title"));

    Outcome outcome = provider(config).deliver(request());

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.evidence().code()).isEqualTo("missing_parameter");
    assertThat(outcome.evidence().message()).contains("generic", "title");
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void sendsNoTemplateOutsideTheWindowUnlessToldTo() {
    server().reply(error(400, 131047));

    Outcome outcome = provider().deliver(request());

    assertThat(outcome.evidence().code()).isEqualTo("131047");
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void sendsTemplateAfterTextOutsideTheWindowWhereConfigured() {
    scriptClosedWindow();

    assertThat(provider(textFirst()).deliver(request())).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen())
        .extracting(seen -> seen.json().getString("type"))
        .containsExactly("text", "template");
  }

  @Test
  void sendsOnlyTextWhileTheWindowIsOpen() {
    server().reply(success());

    assertThat(provider(textFirst()).deliver(request())).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen()).hasSize(1);
    assertThat(server().seen().get(0).json().getString("type")).isEqualTo("text");
  }

  @Test
  void sendsTemplateAtOnceWhereItIsForAlways() {
    server().reply(success());
    JsonObject config =
        textFirst().put("templates", of("status_changed", template("code").put("always", true)));

    assertThat(provider(config).deliver(request())).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).text()).contains("\"code\"");
  }

  @Test
  void doesNotRepeatTextWhoseFateIsUnknown() {
    server().reply(Reply.cutBeforeAnswer());

    assertThat(provider(textFirst()).deliver(request())).isInstanceOf(Outcome.Unknown.class);

    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void refusesTooLongTextBeforeSending() {
    assertRefusedUnsent(text("😀".repeat(4097)), ReasonClass.INVALID_CONTENT);
  }

  @Test
  void sendsTemplateAtOnceWhereTheTextIsTooLongOrEmpty() {
    server().reply(success());
    JsonObject config =
        textFirst()
            .put("default_template", template("generic").put("parameters", List.of("tags.order")));

    for (String text : List.of("x".repeat(4097), " ")) {
      DeliveryRequest request = SampleRequests.withContent(tagged(), new Content(null, text, null));
      assertThat(provider(config).deliver(request)).isInstanceOf(Outcome.Sent.class);
    }

    assertThat(server().seen())
        .extracting(seen -> seen.json().getString("type"))
        .containsExactly("template", "template");
  }

  @Test
  void refusesTooLongTextWhoseTemplateLacksParameters() {
    JsonObject config =
        textFirst()
            .put("default_template", template("generic").put("parameters", List.of("tags.order")));

    Outcome outcome = provider(config).deliver(text("x".repeat(4097)));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.evidence().code()).isEqualTo("body_too_long");
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void sendsLongestText() {
    server().reply(success());
    assertThat(provider().deliver(text("x".repeat(4096)))).isInstanceOf(Outcome.Sent.class);
  }

  @Test
  void refusesEmptyTextAndForeignRecipientBeforeSending() {
    assertRefusedUnsent(text(" \n"), ReasonClass.INVALID_CONTENT);
    assertRefusedUnsent(SampleRequests.email(), ReasonClass.INVALID_RECIPIENT);
  }

  @Test
  void checkTellsOfBadTokens() {
    server().reply(Reply.json(401, resource("/api/error_token.json")));

    assertThat(provider().check().healthy()).isFalse();
    assertThat(provider().check().detail()).contains("401", "190");
    assertThat(server().seen().get(0).path()).isEqualTo("/v23.0/" + NUMBER);
  }

  private void scriptClosedWindow() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.json().getString("type").equals("text") ? error(400, 131047) : success()));
  }

  private JsonObject textFirst() {
    return config(server().url())
        .put("default_template", template("generic").put("parameters", "message"))
        .put("on_closed_window", "template");
  }

  private DeliveryRequest text(String text) {
    return SampleRequests.withText(request(), text);
  }

  private DeliveryRequest tagged() {
    return SampleRequests.withLabels(request(), null, Map.of("order", "A-100"));
  }

  private static JsonObject of(String type, JsonObject template) {
    return new JsonObject().put(type, template);
  }

  private static JsonObject template(String name) {
    return new JsonObject().put("name", name);
  }

  private static Reply error(int status, int code) {
    return Reply.json(
        status,
        new JsonObject()
            .put(
                "error",
                new JsonObject()
                    .put("message", "(#" + code + ") told")
                    .put("type", "OAuthException")
                    .put("code", code)));
  }
}

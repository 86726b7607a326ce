package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.BasicAuth;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.toolkit.FormBody;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new TwilioFactory();
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
  protected DeliveryRequest request() {
    return SampleRequests.sms();
  }

  @Override
  protected Reply success() {
    return Reply.json(201, resource("/api/send_success.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "SM1342fe1b2c904d1ab04f0fc7a58abca9";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/2010-04-01/Accounts/" + TestAccount.SID + "/Messages.json");
    assertThat(seen.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
    assertThat(fields(seen))
        .isEqualTo(
            "To=+15558675310 From=+15017250604 Body=Your code is 123456 StatusCallback="
                + "https://app.example.com/webhooks/under-test?attempt="
                + SampleRequests.ATTEMPT_ID);
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
                "invalid recipient",
                Reply.json(400, resource("/api/error_400_21211.json")),
                ReasonClass.INVALID_RECIPIENT)
            .withCode("21211"),
        ErrorCase.of(
                "wrong credentials",
                Reply.json(401, resource("/api/error_401_20003.json")),
                OutcomeKind.PROVIDER_FAULT)
            .withCode("20003"),
        ErrorCase.rejected("opted out", error(400, 21610), ReasonClass.UNSUBSCRIBED),
        ErrorCase.of("queue of the sender is full", error(400, 21611), OutcomeKind.TRANSIENT),
        ErrorCase.of("internal", error(500, 20500), OutcomeKind.TRANSIENT));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
            "too many requests",
            Reply.json(429, resource("/api/error_429_20429.json")).withHeader("Retry-After", "3"),
            Duration.ofSeconds(3))
        .withCode("20429");
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.secrets();
  }

  @Test
  void sendsThroughMessagingServiceAndSignsInWithApiKey() {
    server().reply(success());
    JsonObject config =
        config(server().url())
            .put("messaging_service_sid", "MG1")
            .put("api_key_sid", "SK1")
            .put("api_key_secret", "hush");
    config.remove("from");

    assertThat(provider(config).deliver(request())).isInstanceOf(Outcome.Sent.class);

    SeenRequest seen = server().seen().get(0);
    assertThat(seen.header("Authorization")).isEqualTo(BasicAuth.of("SK1", "hush"));
    assertThat(fields(seen)).contains("MessagingServiceSid=MG1").doesNotContain("From=");
  }

  @ParameterizedTest
  @CsvSource({"PT0.2S, 1", "PT90S, 90", "PT10H, 36000", "P30D, 36000"})
  void passesValidityOnWithinDocumentedRange(Duration validFor, String seconds) {
    server().reply(success());

    assertThat(provider().deliver(SampleRequests.withValidFor(request(), validFor)))
        .isInstanceOf(Outcome.Sent.class);

    assertThat(fields(server().seen().get(0))).contains("ValidityPeriod=" + seconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1601, 5000})
  void refusesTooLongBodyBeforeSending(int characters) {
    assertRefusedUnsent(text("😀".repeat(characters)), ReasonClass.INVALID_CONTENT);
  }

  @Test
  void sendsLongestBody() {
    server().reply(success());
    assertThat(provider().deliver(text("x".repeat(1600)))).isInstanceOf(Outcome.Sent.class);
  }

  @Test
  void refusesEmptyBodyAndForeignRecipientBeforeSending() {
    assertRefusedUnsent(text(" \n"), ReasonClass.INVALID_CONTENT);
    assertRefusedUnsent(SampleRequests.telegram(), ReasonClass.INVALID_RECIPIENT);
  }

  private DeliveryRequest text(String text) {
    return SampleRequests.withText(request(), text);
  }

  private static Reply error(int status, int code) {
    return Reply.json(status, new JsonObject().put("code", code).put("status", status));
  }

  private static String fields(SeenRequest seen) {
    return FormBody.parse(seen.body()).orElseThrow().fields().stream()
        .map(field -> field.name() + "=" + field.value())
        .collect(Collectors.joining(" "));
  }
}

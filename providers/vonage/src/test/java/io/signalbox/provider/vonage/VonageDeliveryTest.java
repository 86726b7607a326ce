package io.signalbox.provider.vonage;

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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new VonageFactory();
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
    return Reply.json(200, resource("/api/sms_success.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "0A0000001234567B";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/sms/json");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject()
                .put("from", "AcmeInc")
                .put("to", "15558675310")
                .put("text", "Your code is 123456")
                .put("type", "text")
                .put("client-ref", SampleRequests.ATTEMPT_ID)
                .put("callback", "https://app.example.com/webhooks/under-test")
                .put("status-report-req", true));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
                "no recipient",
                Reply.json(200, resource("/api/sms_error_missing.json")),
                ReasonClass.INVALID_RECIPIENT)
            .withCode("2"),
        ErrorCase.of("wrong credentials", refused("4"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("internal error", refused("5"), OutcomeKind.TRANSIENT),
        ErrorCase.rejected("number barred", refused("7"), ReasonClass.BLOCKED),
        ErrorCase.of("no credit", refused("9"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected("message too long", refused("12"), ReasonClass.INVALID_CONTENT));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
            "throughput exceeded",
            Reply.json(200, resource("/api/sms_error_throttled.json")),
            Duration.ofSeconds(1))
        .withCode("1");
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.secrets();
  }

  @ParameterizedTest
  @CsvSource({"PT1S, 20000", "PT90S, 90000", "P30D, 604800000"})
  void passesTimeToLiveOnWithinDocumentedRange(Duration validFor, long millis) {
    server().reply(success());
    DeliveryRequest limited = SampleRequests.withValidFor(request(), validFor);

    assertThat(provider().deliver(limited)).isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).json().getLong("ttl")).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({"Grüße €5 [x], text", "Привет, unicode", "😀, unicode", "ê, unicode"})
  void sendsAsUnicodeOnlyWhatNeedsIt(String text, String type) {
    server().reply(success());

    assertThat(provider().deliver(SampleRequests.withText(request(), text)))
        .isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).json().getString("type")).isEqualTo(type);
  }

  @Test
  void refusesEmptyTextAndForeignRecipientsBeforeSending() {
    Content text = request().content();
    assertThat(provider().deliver(SampleRequests.withText(request(), " ")))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(provider().deliver(SampleRequests.email())).isInstanceOf(Outcome.Rejected.class);
    assertThat(provider().deliver(SampleRequests.of(Channel.SMS, new Recipient.Phone("+12"), text)))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(server().seen()).isEmpty();
  }

  private static Reply refused(String status) {
    return Reply.json(
        200,
        "{\"message-count\":\"1\",\"messages\":[{\"status\":\""
            + status
            + "\",\"error-text\":\"refused\"}]}");
  }
}

package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ConfigException;
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
import io.signalbox.testkit.SentAs;
import io.signalbox.toolkit.RetryAfter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesDeliveryTest extends BaseDeliveryTest {
  private static final Content TEXT = new Content("Hello", "Hi", null);

  @Override
  protected ProviderFactory factory() {
    return new SesFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("region", "eu-west-1")
        .put("access_key_id", "AKIDEXAMPLE")
        .put("secret_access_key", "the-secret-key")
        .put("session_token", "the-session-token")
        .put("base_url", baseUrl)
        .put("from", "Orders <orders@example.com>")
        .put("configuration_set", "ConfigSet");
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("region", "access_key_id", "secret_access_key", "from");
  }

  @Override
  protected List<String> secrets() {
    return List.of("the-secret-key", "the-session-token");
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
    return "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v2/email/outbound-emails");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("X-Amz-Date")).isEqualTo("20260101T000010Z");
    assertThat(seen.header("X-Amz-Security-Token")).isEqualTo("the-session-token");
    assertThat(seen.header("Host")).isEqualTo(server().url().substring("http://".length()));
    assertThat(seen.header("Authorization"))
        .matches(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/ses/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "
                + "Signature=[0-9a-f]{64}");
    JsonObject documented = new JsonObject(resource("/api/send_request.json"));
    JsonObject tag =
        new JsonObject().put("Name", "signalbox_attempt").put("Value", SampleRequests.ATTEMPT_ID);
    documented
        .put("FromEmailAddress", "Orders <orders@example.com>")
        .put("EmailTags", new JsonArray().add(tag));
    JsonObject simple = documented.getJsonObject("Content").getJsonObject("Simple");
    simple.getJsonObject("Subject").put("Charset", "UTF-8");
    JsonObject body = simple.getJsonObject("Body");
    body.getJsonObject("Text").put("Data", "Grüße, Alex 😀").put("Charset", "UTF-8");
    body.getJsonObject("Html").put("Data", "<p>Grüße, Alex 😀</p>").put("Charset", "UTF-8");
    assertThat(seen.json()).isEqualTo(documented);
  }

  @Override
  protected SentAs sentAs(SeenRequest seen) {
    JsonArray answers = seen.json().getJsonArray("ReplyToAddresses");
    String from = seen.json().getString("FromEmailAddress");
    assertThat(from).matches("[ -~]+");
    return SentAs.of(
        from,
        answers == null
            ? null
            : answers.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    List<ErrorCase> cases =
        new ArrayList<>(
            List.of(
                rejected("BadRequestException", "It is bad.", ReasonClass.INVALID_CONTENT),
                rejected(
                    "BadRequestException",
                    "Missing final '@domain'",
                    ReasonClass.INVALID_RECIPIENT),
                of(
                    400,
                    "BadRequestException",
                    "Illegal 'From' address.",
                    OutcomeKind.PROVIDER_FAULT),
                of(
                    400,
                    "BadRequestException",
                    "The domain of FromEmailAddress is bad.",
                    OutcomeKind.PROVIDER_FAULT),
                of(
                    400,
                    "BadRequestException",
                    "Sender address is missing.",
                    OutcomeKind.PROVIDER_FAULT),
                of(
                    400,
                    "BadRequestException",
                    "Domain of the source is too long.",
                    OutcomeKind.PROVIDER_FAULT),
                rejected(
                    "BadRequestException",
                    "Illegal address <sender@from.example>.",
                    ReasonClass.INVALID_RECIPIENT),
                rejected("MessageRejected", "Bad content.", ReasonClass.INVALID_CONTENT),
                of(
                    400,
                    "MessageRejected",
                    "Email address is not verified. The following identities failed the check.",
                    OutcomeKind.PROVIDER_FAULT),
                throttled(400, "LimitExceededException", "Too many of them.", null),
                throttled(
                    400, "LimitExceededException", "Daily message quota exceeded.", RetryAfter.MAX),
                throttled(429, "TooManyRequestsException", "Maximum sending rate exceeded.", null),
                throttled(
                    429,
                    "TooManyRequestsException",
                    "Daily message quota exceeded.",
                    RetryAfter.MAX)));
    for (String type :
        List.of(
            "MailFromDomainNotVerifiedException",
            "AccountSuspendedException",
            "SendingPausedException",
            "ExpiredTokenException")) {
      cases.add(of(400, type, "No more of it.", OutcomeKind.PROVIDER_FAULT));
    }
    for (String type :
        List.of(
            "MissingAuthenticationTokenException",
            "InvalidSignatureException",
            "UnrecognizedClientException",
            "AccessDeniedException")) {
      cases.add(of(403, type, "No access to it.", OutcomeKind.PROVIDER_FAULT));
    }
    cases.add(of(404, "NotFoundException", "It is not here.", OutcomeKind.PROVIDER_FAULT));
    cases.add(of(409, "ConflictException", "It is in use.", OutcomeKind.TRANSIENT));
    cases.add(of(500, "ConcurrentModificationException", "It changes.", OutcomeKind.TRANSIENT));
    cases.add(of(500, "InternalServiceErrorException", "It broke.", OutcomeKind.TRANSIENT));
    return cases;
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
            "429",
            Reply.json(429, resource("/api/error_429.json"))
                .withHeader(
                    "x-amzn-ErrorType",
                    "TooManyRequestsException:http://internal.amazon.com/coral/com.amazonaws.ses/"),
            null)
        .withCode("TooManyRequestsException");
  }

  @Test
  void readsTheTypeFromTheBodyToo() {
    JsonObject body =
        new JsonObject()
            .put("__type", "com.amazonaws.ses#SendingPausedException")
            .put("Message", "Sending is paused for alex@example.com.");
    server().reply(Reply.json(400, body));

    Outcome outcome = provider().deliver(request());

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.PROVIDER_FAULT);
    assertThat(outcome.evidence().code()).isEqualTo("SendingPausedException");
    assertThat(outcome.evidence().message()).isEqualTo("Sending is paused for (recipient).");
  }

  @Test
  void wordsOfTheRecipientsAddressAreNotThoseOfSes() {
    server().reply(error(400, "BadRequestException", "Too much for me!domain@example.com."));

    Outcome outcome = provider().deliver(to("me!domain@example.com"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(ReasonClass.INVALID_CONTENT));
  }

  @ParameterizedTest
  @CsvSource({
    "grüße@example.com, address_not_ascii",
    "alex@example..com, address_not_ascii",
    "alex@straße.example, address_not_ascii"
  })
  void addressThatSesCannotTakeIsRefusedBeforeItIsSent(String address, String code) {
    refusedUnsent(to(address), ReasonClass.INVALID_RECIPIENT, code);
  }

  @Test
  void domainIsWrittenInPunycode() {
    server().reply(success());

    provider().deliver(to("alex@bücher.example"));

    assertThat(server().seen().get(0).json().getJsonObject("Destination").encode())
        .isEqualTo("{\"ToAddresses\":[\"alex@xn--bcher-kva.example\"]}");
  }

  @Test
  void otherRecipientIsRefusedBeforeItIsSent() {
    refusedUnsent(
        SampleRequests.of(Channel.EMAIL, new Recipient.Phone("+15558675310"), TEXT),
        ReasonClass.INVALID_RECIPIENT,
        "no_mail_address");
  }

  @Test
  void messageAboveTheLimitIsRefusedBeforeItIsSent() {
    Content huge = new Content("Hello", "é".repeat(SesMessage.MAX_BYTES / 2), "<p>");
    refusedUnsent(
        SampleRequests.withContent(request(), huge),
        ReasonClass.INVALID_CONTENT,
        "message_too_large");
  }

  @Test
  void whatIsNotConfiguredOrGivenIsNotSent() {
    server().reply(success());
    JsonObject config = config(server().url());
    config.remove("configuration_set");
    config.remove("session_token");

    provider(config).deliver(SampleRequests.withContent(request(), TEXT));

    SeenRequest seen = server().seen().get(0);
    assertThat(seen.header("X-Amz-Security-Token")).isNull();
    assertThat(seen.json().fieldNames()).doesNotContain("ConfigurationSetName");
    assertThat(seen.text()).contains("\"Text\"").doesNotContain("\"Html\"");
  }

  @Test
  void checkAsksForTheAccount() {
    server().reply(Reply.json(200, new JsonObject().put("SendingEnabled", true)));
    assertThat(provider().check().healthy()).isTrue();
    SeenRequest seen = server().seen().get(0);
    assertThat(seen.method() + " " + seen.path()).isEqualTo("GET /v2/email/account");
    assertThat(seen.header("Authorization")).contains("SignedHeaders=host;x-amz-date");

    server().reply(Reply.json(200, new JsonObject().put("SendingEnabled", false)));
    assertThat(provider().check().healthy()).as("disabled account").isFalse();
    server().reply(error(403, "AccessDeniedException", "It may not."));
    assertThat(provider().check().healthy()).as("a key that may only send").isTrue();
    server().reply(error(403, "UnrecognizedClientException", "It is unknown."));
    assertThat(provider().check().healthy()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe", "eu-west-1.evil.example", "eu west 1"})
  void refusesARegionThatIsNone(String region) {
    refusesConfig("region", region);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "Grüße <orders@example.com>"})
  void refusesASenderThatSesCannotTake(String from) {
    refusesConfig("from", from);
  }

  @Test
  void refusesAConfigurationSetThatCannotBe() {
    refusesConfig("configuration_set", "not a name");
  }

  private void refusesConfig(String key, String value) {
    assertThatThrownBy(() -> provider(config(server().url()).put(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config." + key);
  }

  private void refusedUnsent(DeliveryRequest request, ReasonClass reason, String code) {
    Outcome outcome = provider().deliver(request);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(outcome.evidence().code()).isEqualTo(code);
    assertThat(server().seen()).isEmpty();
  }

  private static DeliveryRequest to(String address) {
    return SampleRequests.of(Channel.EMAIL, new Recipient.Email(address), TEXT);
  }

  private static ErrorCase throttled(int status, String type, String text, Duration retryAfter) {
    return ErrorCase.throttled(type + ": " + text, error(status, type, text), retryAfter)
        .withCode(type);
  }

  private static ErrorCase of(int status, String type, String text, OutcomeKind kind) {
    return ErrorCase.of(type + ": " + text, error(status, type, text), kind).withCode(type);
  }

  private static ErrorCase rejected(String type, String text, ReasonClass reason) {
    return ErrorCase.rejected(type + ": " + text, error(400, type, text), reason).withCode(type);
  }

  private static Reply error(int status, String type, String text) {
    return Reply.json(status, new JsonObject().put("message", text))
        .withHeader("x-amzn-errortype", type);
  }
}

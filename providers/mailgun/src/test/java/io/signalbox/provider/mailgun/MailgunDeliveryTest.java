package io.signalbox.provider.mailgun;

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
import io.signalbox.testkit.SentAs;
import io.signalbox.toolkit.FormBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailgunDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new MailgunFactory();
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
    return TestAccount.secrets();
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
    return "20260101000000.1.ABCDEF0123456789@mg.example.com";
  }

  @Override
  protected Reply checkSuccess() {
    return error(400, "from parameter is missing");
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v3/mg.example.com/messages");
    assertThat(seen.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
    assertThat(fields(seen))
        .containsExactly(
            "from=Orders <orders@mg.example.com>",
            "to=alex@example.com",
            "subject=Hello",
            "text=Grüße, Alex 😀",
            "html=<p>Grüße, Alex 😀</p>",
            "v:signalbox_attempt=" + SampleRequests.ATTEMPT_ID);
  }

  @Override
  protected SentAs sentAs(SeenRequest seen) {
    return SentAs.of(field(seen, "from="), field(seen, "h:Reply-To="));
  }

  private static @Nullable String field(SeenRequest seen, String start) {
    return fields(seen).stream()
        .filter(field -> field.startsWith(start))
        .map(field -> field.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
            "400 bad recipient",
            Reply.json(400, resource("/api/error_400.json")),
            ReasonClass.INVALID_RECIPIENT),
        ErrorCase.rejected(
            "400 bad recipient, newer wording",
            error(400, "'to' parameter is not a valid address. please check documentation"),
            ReasonClass.INVALID_RECIPIENT),
        ErrorCase.of(
            "400 bad sender",
            error(400, "from parameter is not a valid address. please check documentation"),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "400 domain not verified",
            error(
                400,
                "Domain mg.example.com is not allowed to send: The domain is unverified and"
                    + " requires DNS configuration."),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "400 sandbox domain",
            error(400, "Sandbox subdomains are for test purposes only. Add your own domain."),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected(
            "400 without a text",
            error(400, "Need at least one of 'text', 'html' parameters specified"),
            ReasonClass.INVALID_CONTENT),
        ErrorCase.of(
            "401 bad key",
            Reply.of(401, "text/html", Buffer.buffer(resource("/api/error_401.txt"))),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("402", error(402, "Request Failed"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("403", Reply.empty(403), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "404 domain not found",
            error(404, "Domain not found: mg.example.com"),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected(
            "413 too large",
            error(413, "request size exceeds 52.4MiB limit"),
            ReasonClass.INVALID_CONTENT),
        ErrorCase.throttled("429 without a time", error(429, "Too many requests"), null),
        ErrorCase.throttled(
            "429 whose time is over",
            Reply.json(429, resource("/api/error_429.json")),
            Duration.ZERO),
        ErrorCase.of("200 without an id", Reply.json(200, "{}"), OutcomeKind.UNKNOWN),
        ErrorCase.of(
            "200 with an empty id", Reply.json(200, "{\"id\":\"<>\"}"), OutcomeKind.UNKNOWN));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
        "429",
        error(
            429,
            "Domain mg.example.com is not allowed to send: recipient limit exceeded, try again"
                + " after Thu, 1 Jan 2026 00:00:27 UTC"),
        Duration.ofSeconds(17));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.2S, 0h5m",
    "PT5M, 0h5m",
    "PT5M1S, 0h6m",
    "PT90M, 1h30m",
    "PT24H, 24h0m",
    "P30D, 24h0m"
  })
  void passesValidityOnWithinTheDocumentedRange(Duration validFor, String window) {
    server().reply(success());
    DeliveryRequest request = with(validFor, Map.of());

    assertThat(provider().deliver(request).kind()).isEqualTo(OutcomeKind.SENT);

    assertThat(fields(server().seen().get(0))).contains("o:deliver-within=" + window);
  }

  @Test
  void refusesTooLargeMailBeforeSending() {
    Content large = new Content("t", "é".repeat(MailgunMessage.MAX_MESSAGE_BYTES / 2), "x");

    assertRefusedUnsent(SampleRequests.withContent(request(), large), ReasonClass.INVALID_CONTENT);
  }

  @Test
  void refusesRecipientsOfOtherChannels() {
    DeliveryRequest sms =
        SampleRequests.of(
            Channel.EMAIL, new Recipient.Phone("+15558675310"), new Content(null, "Hi", null));

    assertRefusedUnsent(sms, ReasonClass.INVALID_RECIPIENT);
  }

  @Test
  void regionChoosesTheHostUnlessTheBaseUrlIsGiven() {
    server().reply(success());

    assertThat(provider(config(server().url()).put("region", "eu")).deliver(request()).kind())
        .isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void checkTellsAWrongKeyAndAMissingDomain() {
    server().reply(Reply.of(401, "text/html", Buffer.buffer("Forbidden")));
    assertThat(provider().check().healthy()).isFalse();
    server().reply(error(404, "Domain not found: mg.example.com"));
    assertThat(provider().check().healthy()).isFalse();
  }

  @Test
  void longWaitsAreNotBelieved() {
    server()
        .reply(error(429, "request limit exceeded, try again after Sat, 3 Jan 2026 00:00:00 UTC"));
    clock.set(Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(provider().deliver(request()))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void labelsBecomeTagsAndLabelsWithValuesBecomeVariables() {
    server().reply(success());
    DeliveryRequest request =
        with(null, Map.of("welcome", "true", "order", "4711", "signalbox_attempt", "forged"));

    provider().deliver(request);

    assertThat(fields(server().seen().get(0)))
        .endsWith(
            "v:signalbox_attempt=" + SampleRequests.ATTEMPT_ID, "v:order=4711", "o:tag=welcome");
  }

  private DeliveryRequest with(Duration validFor, Map<String, String> tags) {
    return SampleRequests.withLabels(request(), validFor, tags);
  }

  private static List<String> fields(SeenRequest seen) {
    return FormBody.parse(seen.body()).orElseThrow().fields().stream()
        .map(field -> field.name() + "=" + field.value())
        .collect(Collectors.toList());
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, new JsonObject().put("message", message));
  }
}

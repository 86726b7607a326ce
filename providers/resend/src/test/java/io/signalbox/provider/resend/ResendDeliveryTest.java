package io.signalbox.provider.resend;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResendDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new ResendFactory();
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
    return List.of(TestAccount.KEY);
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
    return "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/emails");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.KEY);
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("User-Agent")).isNotBlank();
    assertThat(seen.header("Idempotency-Key")).isEqualTo(SampleRequests.IDEMPOTENCY_KEY);
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject(
                """
                {"from": "Orders <orders@example.com>",
                 "to": ["alex@example.com"],
                 "subject": "Hello",
                 "text": "Grüße, Alex 😀",
                 "html": "<p>Grüße, Alex 😀</p>",
                 "tags": [{
                   "name": "signalbox_attempt",
                   "value": "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f"}]}
                """));
  }

  @Override
  protected SentAs sentAs(SeenRequest seen) {
    JsonArray answers = seen.json().getJsonArray("reply_to");
    return SentAs.of(
        seen.json().getString("from"),
        answers == null
            ? null
            : answers.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    List<ErrorCase> cases =
        new ArrayList<>(
            List.of(
                ErrorCase.rejected(
                        "422 no recipient",
                        Reply.json(422, resource("/api/error_422.json")),
                        ReasonClass.INVALID_RECIPIENT)
                    .withCode("missing_required_field"),
                rejected(400, "validation_error", ReasonClass.INVALID_CONTENT),
                rejected(422, "missing_required_parameter", ReasonClass.INVALID_CONTENT),
                rejected(422, "invalid_attachment", ReasonClass.INVALID_CONTENT),
                rejected(422, "invalid_parameter", ReasonClass.INVALID_CONTENT),
                rejected(451, "security_error", ReasonClass.BLOCKED),
                ErrorCase.throttled(
                    "429 rate_limit_exceeded", error(429, "rate_limit_exceeded"), null)));
    faults(cases, 400, "invalid_idempotency_key");
    faults(cases, 401, "missing_api_key", "restricted_api_key");
    faults(cases, 403, "invalid_api_key", "validation_error", "invalid_permission");
    faults(cases, 403, "suspended_api_key", "email_above_quota", "invalid_from_address");
    faults(cases, 404, "not_found");
    faults(cases, 405, "method_not_allowed");
    faults(cases, 422, "invalid_from_address", "invalid_access", "invalid_region");
    faults(cases, 429, "daily_quota_exceeded", "monthly_quota_exceeded");
    cases.add(of(409, "invalid_idempotent_request", OutcomeKind.UNKNOWN));
    cases.add(of(409, "concurrent_idempotent_requests", OutcomeKind.UNKNOWN));
    cases.add(of(409, "resource_locked", OutcomeKind.TRANSIENT));
    cases.add(of(500, "application_error", OutcomeKind.TRANSIENT));
    cases.add(of(500, "internal_server_error", OutcomeKind.TRANSIENT));
    cases.add(of(503, "service_unavailable", OutcomeKind.TRANSIENT));
    return cases;
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
        "429",
        Reply.json(429, resource("/api/error_429.json"))
            .withHeader("retry-after", "7")
            .withHeader("ratelimit-reset", "9"),
        Duration.ofSeconds(7));
  }

  @Override
  protected Reply checkSuccess() {
    return error(404, "not_found");
  }

  @Test
  void throttlingWithoutRetryAfterWaitsForTheReset() {
    server().reply(error(429, "rate_limit_exceeded").withHeader("ratelimit-reset", "9"));

    assertThat(provider().deliver(request()))
        .isInstanceOfSatisfying(
            io.signalbox.spi.Outcome.Throttled.class,
            outcome -> assertThat(outcome.retryAfter()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void everyAttemptOfANotificationHasTheSameKeyAndTheSamePayload() {
    server().reply(success());

    provider().deliver(request());
    provider().deliver(SampleRequests.withAttempt(request(), "another-attempt-2"));

    assertThat(server().seen())
        .extracting(seen -> seen.header("Idempotency-Key"))
        .containsExactly(SampleRequests.IDEMPOTENCY_KEY, SampleRequests.IDEMPOTENCY_KEY);
    assertThat(server().seen().get(1).body()).isEqualTo(server().seen().get(0).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with a space", "line\nbreak", "größe"})
  void keyThatDoesNotFitIsHashed(String key) {
    server().reply(success());

    provider().deliver(keyed(key));
    provider().deliver(keyed("k".repeat(257)));
    provider().deliver(keyed(key));

    List<String> sent =
        server().seen().stream().map(seen -> seen.header("Idempotency-Key")).toList();
    assertThat(sent).allMatch(value -> value.matches("[0-9a-f]{64}"));
    assertThat(sent.get(0)).isEqualTo(sent.get(2)).isNotEqualTo(sent.get(1));
    assertThat(server().seen()).noneMatch(seen -> seen.json().containsKey("tags"));
  }

  private DeliveryRequest keyed(String key) {
    DeliveryRequest base = request();
    return new DeliveryRequest(
        base.attemptId(),
        key,
        base.channel(),
        base.notificationType(),
        base.recipient(),
        base.content(),
        base.timeout(),
        base.validFor(),
        base.tags());
  }

  @Test
  void checkAsksForAMailThatDoesNotExist() {
    server().reply(error(401, "restricted_api_key"));
    assertThat(provider().check().healthy()).as("a key that may only send").isTrue();
    assertThat(server().seen().get(0).method()).isEqualTo("GET");

    server().reply(error(403, "invalid_api_key"));
    assertThat(provider().check().healthy()).isFalse();
    server().reply(Reply.empty(503));
    assertThat(provider().check().healthy()).isFalse();
  }

  @Test
  void mailWithTextAloneHasNoHtml() {
    server().reply(success());

    provider().deliver(SampleRequests.withContent(request(), new Content("Hi", "text", null)));

    assertThat(server().seen().get(0).json().fieldNames()).contains("text").doesNotContain("html");
  }

  private static void faults(List<ErrorCase> cases, int status, String... names) {
    for (String name : names) {
      cases.add(of(status, name, OutcomeKind.PROVIDER_FAULT));
    }
  }

  private static ErrorCase of(int status, String name, OutcomeKind kind) {
    return ErrorCase.of(status + " " + name, error(status, name), kind).withCode(name);
  }

  private static ErrorCase rejected(int status, String name, ReasonClass reason) {
    return ErrorCase.rejected(status + " " + name, error(status, name), reason).withCode(name);
  }

  private static Reply error(int status, String name) {
    return Reply.json(
        status,
        new JsonObject()
            .put("statusCode", status)
            .put("name", name)
            .put("message", "alex@example.com, no"));
  }
}

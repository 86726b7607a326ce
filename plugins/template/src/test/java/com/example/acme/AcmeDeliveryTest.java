package com.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

class AcmeDeliveryTest extends BaseDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new AcmeFactory();
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
    return Reply.json(202, new JsonObject().put("id", "m-1"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "m-1";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v1/messages");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.KEY);
    assertThat(seen.header("Idempotency-Key")).isEqualTo(request.idempotencyKey());
    assertThat(seen.json().getString("to")).isEqualTo("alex@example.com");
    assertThat(seen.json().getString("reference")).isEqualTo(request.attemptId());
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.rejected(
            "bad address", error(400, "invalid_address"), ReasonClass.INVALID_RECIPIENT),
        ErrorCase.of("suspended", error(400, "account_suspended"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("in progress", error(409, "in_progress"), OutcomeKind.UNKNOWN));
  }

  @Override
  protected ErrorCase throttled() {
    Reply reply = error(429, "rate_limited").withHeader("Retry-After", "7");
    return ErrorCase.throttled("429", reply, Duration.ofSeconds(7));
  }

  private static Reply error(int status, String code) {
    return Reply.json(status, new JsonObject().put("code", code).put("message", "Acme says no"));
  }
}

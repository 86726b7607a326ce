package com.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.testkit.BaseLookupTest;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcmeLookupTest extends BaseLookupTest {
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
  protected String providerMessageId() {
    return "m-1";
  }

  @Override
  protected Reply found() {
    return Reply.json(
        200,
        new JsonObject()
            .put("id", "m-1")
            .put("reference", SampleRequests.ATTEMPT_ID)
            .put("status", "delivered")
            .put("to", "alex@example.com")
            .put("at", NOW.toString()));
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        "m-1:delivered",
        SampleRequests.ATTEMPT_ID,
        "m-1",
        ReceiptStatus.DELIVERED,
        ReasonClass.NONE,
        "delivered",
        null,
        null,
        "alex@example.com",
        NOW);
  }

  @Override
  protected Reply notFound() {
    return Reply.json(404, new JsonObject().put("code", "not_found"));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v1/messages/m-1");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.KEY);
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "suspended",
        Reply.json(
            400, new JsonObject().put("code", "account_suspended").put("message", "Acme says no")));
  }

  @Test
  void withoutTheIdItAsksByOurReference() {
    server().reply(found());

    assertThat(provider().lookUp(SampleRequests.query(request(), null))).contains(expected());

    assertThat(server().seen())
        .extracting(seen -> seen.path() + "?" + seen.query())
        .containsExactly("/v1/messages?reference=" + SampleRequests.ATTEMPT_ID);
  }
}

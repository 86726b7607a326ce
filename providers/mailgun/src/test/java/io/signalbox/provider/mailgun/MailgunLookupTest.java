package io.signalbox.provider.mailgun;

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
import io.signalbox.toolkit.FormBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailgunLookupTest extends BaseLookupTest {
  private static final String ID = "20260101000000.1.ABCDEF0123456789@mg.example.com";

  @Override
  protected ProviderFactory factory() {
    return new MailgunFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl)
        .put("api_key", "key-that-may-only-send")
        .put("events_api_key", TestAccount.KEY);
  }

  @Override
  protected List<String> requiredKeys() {
    return TestAccount.REQUIRED_KEYS;
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.email();
  }

  @Override
  protected String providerMessageId() {
    return ID;
  }

  @Override
  protected Reply found() {
    return Reply.json(200, resource("/api/events.json"));
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        "hK7mQVt1QtqRiOfQXta4sw/1767225600123",
        SampleRequests.ATTEMPT_ID,
        ID,
        ReceiptStatus.DELIVERED,
        ReasonClass.NONE,
        "delivered",
        "250",
        "OK",
        "alex@example.com",
        Instant.parse("2026-01-01T00:00:00.123Z"));
  }

  @Override
  protected Reply notFound() {
    return Reply.json(200, "{\"items\":[],\"paging\":{}}");
  }

  @Override
  protected Optional<Reply> fullOfOthers() {
    JsonObject page = new JsonObject(resource("/api/events.json"));
    JsonArray items = page.getJsonArray("items");
    while (items.size() < 100) {
      items.add(items.getJsonObject(0).copy().put("id", "other-" + items.size()));
    }
    return Optional.of(Reply.json(200, page));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v3/mg.example.com/events");
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
    assertThat(FormBody.parse(seen.query()).orElseThrow())
        .isEqualTo(
            FormBody.empty()
                .with("begin", begin())
                .with("ascending", "yes")
                .with("limit", "100")
                .with("message-id", ID));
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "wrong key", Reply.of(401, "text/html", Buffer.buffer(resource("/api/error_401.txt"))),
        "unknown domain",
            Reply.json(404, "{\"message\":\"Domain not found: mg.example.com, really\"}"),
        "too many requests", Reply.json(429, resource("/api/error_429.json")));
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.secrets();
  }

  @Test
  void withoutTheMessageIdOurVariableFindsTheAttempt() {
    JsonObject ours = new JsonObject().put("signalbox_attempt", SampleRequests.ATTEMPT_ID);
    JsonObject page = new JsonObject(resource("/api/events.json"));
    JsonArray items = page.getJsonArray("items");
    items.getJsonObject(1).put("user-variables", ours);
    server().reply(Reply.json(200, page));

    Receipt receipt = provider().lookUp(SampleRequests.query(request(), null)).orElseThrow();

    assertThat(receipt.status()).isEqualTo(ReceiptStatus.DEFERRED);
    assertThat(receipt.providerMessageId()).isEqualTo(ID);
    assertThat(FormBody.parse(server().seen().get(0).query()).orElseThrow())
        .isEqualTo(
            FormBody.empty()
                .with("begin", begin())
                .with("ascending", "yes")
                .with("limit", "100")
                .with("recipient", "alex@example.com"));
  }

  @Test
  void mailsOfOtherAttemptsToTheSameRecipientAreNotTakenForIt() {
    server().reply(found());

    assertThat(provider().lookUp(SampleRequests.query(request(), null))).isEmpty();
  }

  @Test
  void fullPageWithOurVariableIsEnough() {
    JsonObject page = new JsonObject(fullOfOthers().orElseThrow().body());
    page.getJsonArray("items")
        .getJsonObject(99)
        .put("user-variables", new JsonObject().put("signalbox_attempt", query().attemptId()));
    server().reply(Reply.json(200, page));

    assertThat(provider().lookUp(SampleRequests.query(request(), null)).orElseThrow().eventId())
        .startsWith("other-99/");
  }

  private String begin() {
    return Long.toString(query().attemptedAt().getEpochSecond() - 120);
  }
}

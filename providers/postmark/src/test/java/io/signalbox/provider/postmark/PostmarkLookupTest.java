package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.testkit.BaseLookupTest;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostmarkLookupTest extends BaseLookupTest {
  private static final String ID = "883953f4-6105-42a2-a16a-77a8eac79483";

  @Override
  protected ProviderFactory factory() {
    return new PostmarkFactory();
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
    return List.of(TestAccount.TOKEN);
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
    return Reply.json(200, resource("/api/details.json"));
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        "lookup:" + ID + ":Opened",
        SampleRequests.ATTEMPT_ID,
        ID,
        ReceiptStatus.OPENED,
        ReasonClass.NONE,
        "Opened",
        null,
        "Email opened with Chrome",
        "alex@example.com",
        Instant.parse("2026-01-01T00:20:00Z"));
  }

  @Override
  protected Reply notFound() {
    return Reply.json(422, resource("/api/error_422_not_found.json"));
  }

  /** The search asks for one message: one that is not ours fills the page. */
  @Override
  protected Optional<Reply> fullOfOthers() {
    JsonObject page = new JsonObject(resource("/api/search.json"));
    page.getJsonArray("Messages")
        .getJsonObject(0)
        .put("Metadata", new JsonObject().put("signalbox_attempt", "another"));
    return Optional.of(Reply.json(200, page));
  }

  /** Ids of webhooks other than bounces have a time that the details need not share. */
  @Override
  protected boolean eventIdIsThatOfTheWebhook() {
    return false;
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/messages/outbound/" + ID + "/details");
    assertThat(seen.query()).isEmpty();
    assertThat(seen.header("X-Postmark-Server-Token")).isEqualTo(TestAccount.TOKEN);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "bad token", Reply.json(401, resource("/api/error_401.json")),
        "query exception", Reply.json(422, "{\"ErrorCode\":700,\"Message\":\"A query, no.\"}"));
  }

  @Test
  void bounceIsAskedForItsKind() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200,
                        resource(
                            seen.path().startsWith("/bounces/")
                                ? "/api/bounce.json"
                                : "/api/details_bounced.json"))));

    Receipt receipt = provider().lookUp(query()).orElseThrow();

    assertThat(server().seen().get(1).path()).isEqualTo("/bounces/901542550");
    assertThat(receipt.eventId()).as("the same as the webhook's").isEqualTo("Bounce/901542550");
    assertThat(receipt.attemptId()).isEqualTo(SampleRequests.ATTEMPT_ID);
    assertThat(receipt.status()).isEqualTo(ReceiptStatus.BOUNCED);
    assertThat(receipt.reason()).isEqualTo(ReasonClass.HARD_BOUNCE);
    assertThat(receipt.providerStatus()).isEqualTo("HardBounce");
  }

  @Test
  void bounceThatIsAnotherOneIsNotBelieved() {
    JsonObject other = new JsonObject(resource("/api/bounce.json")).put("ID", 1);
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.path().startsWith("/bounces/")
                        ? Reply.json(200, other)
                        : Reply.json(200, resource("/api/details_bounced.json"))));

    assertThat(catchThrowable(() -> provider().lookUp(query())))
        .isInstanceOf(LookUpException.class);
  }

  @Test
  void withoutTheMessageIdOurMetadataFindsTheMessage() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200,
                        resource(
                            seen.path().endsWith("/details")
                                ? "/api/details.json"
                                : "/api/search.json"))));

    assertThat(provider().lookUp(SampleRequests.query(request(), null))).contains(expected());

    SeenRequest search = server().seen().get(0);
    assertThat(search.path()).isEqualTo("/messages/outbound");
    assertThat(search.query())
        .isEqualTo(
            "count=1&offset=0&messagestream=outbound&metadata_signalbox_attempt="
                + SampleRequests.ATTEMPT_ID);
  }

  @Test
  void searchIsOfTheConfiguredStream() {
    server().reply(Reply.json(200, "{\"TotalCount\":0,\"Messages\":[]}"));
    JsonObject config = config(server().url()).put("message_stream", "order-news");

    assertThat(provider(config).lookUp(SampleRequests.query(request(), null))).isEmpty();

    assertThat(server().seen().get(0).query()).contains("&messagestream=order-news&");
  }

  @Test
  void searchThatFindsNothingIsNoReceipt() {
    server().reply(Reply.json(200, "{\"TotalCount\":0,\"Messages\":[]}"));
    assertThat(provider().lookUp(SampleRequests.query(request(), null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Queued, QUEUED", "Sent, SENT", "Processed, SENT", "Something, UNKNOWN"})
  void messageWithoutEventsHasItsStatus(String status, ReceiptStatus expected) {
    JsonObject details =
        new JsonObject(resource("/api/details.json"))
            .put("Status", status)
            .put("MessageEvents", new JsonArray().add(new JsonObject().put("Type", "Unheard")));
    server().reply(Reply.json(200, details));

    Receipt receipt = provider().lookUp(query()).orElseThrow();

    assertThat(receipt.status()).isEqualTo(expected);
    assertThat(receipt.eventId()).isEqualTo("lookup:" + ID + ":" + status);
  }
}

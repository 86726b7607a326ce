package io.signalbox.provider.resend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.testkit.BaseLookupTest;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResendLookupTest extends BaseLookupTest {
  private static final String ID = "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794";
  private static final String OTHER_ID = "3a9f8c2b-1e5d-4f8a-9c7b-2d6e5f8a9c7b";

  @Override
  protected ProviderFactory factory() {
    return new ResendFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("api_key", "re_secret-key")
        .put("base_url", baseUrl)
        .put("from", "Orders <orders@example.com>");
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("api_key", "from");
  }

  @Override
  protected List<String> secrets() {
    return List.of("re_secret-key");
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
    return Reply.json(200, resource("/api/retrieve_delivered.json"));
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        "lookup:" + ID + ":delivered",
        SampleRequests.ATTEMPT_ID,
        ID,
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
    return Reply.json(404, resource("/api/error_404.json"));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/emails/" + ID);
    assertThat(seen.query()).isEmpty();
    assertThat(seen.header("Authorization")).isEqualTo("Bearer re_secret-key");
    assertThat(seen.header("User-Agent")).isNotBlank();
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "a key that may only send", Reply.json(401, resource("/api/error_401_restricted.json")),
        "too many requests", Reply.json(429, resource("/api/error_429.json")),
        "not found by somebody else", Reply.empty(404));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, QUEUED, NONE",
    "scheduled, QUEUED, NONE",
    "sent, SENT, NONE",
    "delivery_delayed, DEFERRED, SOFT_BOUNCE",
    "bounced, BOUNCED, SOFT_BOUNCE",
    "failed, FAILED, CONFIGURATION",
    "suppressed, REJECTED, SUPPRESSED",
    "canceled, FAILED, NONE",
    "opened, OPENED, NONE",
    "clicked, CLICKED, NONE",
    "complained, COMPLAINED, COMPLAINT",
    "teleported, UNKNOWN, NONE"
  })
  void lastEventMeansWhatItMeansInWebhooks(
      String lastEvent, ReceiptStatus status, ReasonClass reason) {
    server().reply(Reply.json(200, mail().put("last_event", lastEvent)));

    Receipt receipt = provider().lookUp(query()).orElseThrow();

    assertThat(receipt.status()).isEqualTo(status);
    assertThat(receipt.reason()).isEqualTo(reason);
  }

  @Test
  void withoutTheIdTheTagTellsTheMailAmongThoseOfThatTimeToThatAddress() {
    serve(list());

    assertThat(provider().lookUp(withoutId())).contains(expected());

    assertThat(server().seen())
        .extracting(seen -> seen.path() + "?" + seen.query())
        .containsExactly("/emails?limit=100", "/emails/" + ID + "?");
  }

  @Test
  void mailOfAnotherNotificationIsNotOurs() {
    JsonObject foreign = mail();
    foreign.getJsonArray("tags").getJsonObject(0).put("value", "another");
    for (JsonObject mail : List.of(foreign, mail().putNull("tags"))) {
      server()
          .script(
              seen ->
                  Future.succeededFuture(
                      Reply.json(200, seen.path().equals("/emails") ? list() : mail)));

      assertThat(provider().lookUp(withoutId())).isEmpty();
    }
  }

  @Test
  void pagesAreReadBackToTheAttempt() {
    JsonObject newest = list().put("has_more", true);
    newest.getJsonArray("data").remove(1);
    JsonObject older = list();
    older.getJsonArray("data").remove(0);
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200,
                        seen.query().equals("limit=100")
                            ? newest
                            : seen.query().equals("limit=100&after=" + OTHER_ID)
                                ? older
                                : mail())));

    assertThat(provider().lookUp(withoutId())).contains(expected());
  }

  @Test
  void olderMailEndsTheSearch() {
    JsonObject list = list().put("has_more", true);
    list.getJsonArray("data").getJsonObject(1).put("created_at", "2025-12-31T23:00:00Z");
    serve(list);

    assertThat(provider().lookUp(withoutId())).isEmpty();
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void searchGivesUpRatherThanReadEverything() {
    JsonObject list = list().put("has_more", true);
    list.getJsonArray("data").remove(1);
    serve(list);

    assertThatThrownBy(() -> provider().lookUp(withoutId())).hasMessageContaining("too many mails");
    assertThat(server().seen()).hasSize(5);
    server().forget();

    JsonObject crowded = list();
    JsonArray data = crowded.getJsonArray("data");
    for (int i = 0; i < 6; i++) {
      data.add(data.getJsonObject(1).copy());
    }
    serve(crowded);
    assertThatThrownBy(() -> provider().lookUp(withoutId())).hasMessageContaining("too many mails");
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void keyThatCannotBeATagIsNotSearchedFor() {
    StatusQuery query = withoutId();
    StatusQuery odd =
        new StatusQuery(
            query.attemptId(),
            "no tag at all!",
            null,
            query.channel(),
            query.recipient(),
            query.attemptedAt(),
            query.timeout());

    assertThat(provider().lookUp(odd)).isEmpty();
    assertThat(server().seen()).isEmpty();
  }

  private void serve(JsonObject list) {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(200, seen.path().equals("/emails") ? list : mail())));
  }

  private StatusQuery withoutId() {
    return SampleRequests.query(request(), null);
  }

  private JsonObject mail() {
    return new JsonObject(resource("/api/retrieve_delivered.json"));
  }

  private JsonObject list() {
    return new JsonObject(resource("/api/list_emails.json"));
  }
}

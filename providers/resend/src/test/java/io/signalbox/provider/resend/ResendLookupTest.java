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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResendLookupTest extends BaseLookupTest {
  private static final String ID = "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794";

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
  protected Optional<Reply> fullOfOthers() {
    JsonObject list = list().put("has_more", true);
    list.getJsonArray("data").remove(1);
    return Optional.of(Reply.json(200, list));
  }

  /** A webhook's id is that of its delivery by Svix, which nothing else tells. */
  @Override
  protected boolean eventIdIsThatOfTheWebhook() {
    return false;
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/emails/" + ID);
    assertThat(seen.query()).isEmpty();
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.KEY);
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
    "bounced, BOUNCED, NONE",
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
  void repeatUnderOneKeyIsTheMailOfTheDayBefore() {
    JsonObject list = list();
    list.getJsonArray("data").getJsonObject(1).put("created_at", "2025-12-31T00:00:01Z");
    serve(list);

    assertThat(provider().lookUp(withoutId())).contains(expected());
  }

  @Test
  void mailFoundOnTheFirstPageIsEnough() {
    serve(list().put("has_more", true));

    assertThat(provider().lookUp(withoutId())).contains(expected());
  }

  @Test
  void olderMailEndsTheSearch() {
    JsonObject list = list().put("has_more", true);
    list.getJsonArray("data").getJsonObject(1).put("created_at", "2025-12-30T23:59:59Z");
    serve(list);

    assertThat(provider().lookUp(withoutId())).isEmpty();
    assertThat(server().seen()).hasSize(1);
  }

  @Test
  void searchGivesUpAfterTwoMailsToThatAddress() {
    JsonObject list = list();
    JsonArray data = list.getJsonArray("data");
    data.add(data.getJsonObject(1).copy()).add(data.getJsonObject(1).copy());
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200, seen.path().equals("/emails") ? list : mail().putNull("tags"))));

    assertThatThrownBy(() -> provider().lookUp(withoutId())).hasMessageContaining("too many mails");
    assertThat(server().seen()).hasSize(3);
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

package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.signalbox.toolkit.FormBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsLookupTest extends BaseLookupTest {
  private static final String ID = "0A0000001234567B";

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
  protected String providerMessageId() {
    return ID;
  }

  @Override
  protected Reply found() {
    return Reply.json(200, report());
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        "lookup:" + ID + ":failed",
        SampleRequests.ATTEMPT_ID,
        ID,
        ReceiptStatus.BOUNCED,
        ReasonClass.HARD_BOUNCE,
        "failed",
        "3",
        "Absent Subscriber - Permanent",
        "15558675310",
        Instant.parse("2026-01-01T00:00:03Z"));
  }

  @Override
  protected boolean eventIdIsThatOfTheWebhook() {
    return false;
  }

  @Override
  protected Reply notFound() {
    return Reply.json(200, resource("/api/report_not_found.json"));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v2/reports/records");
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
    assertThat(seen.query())
        .isEqualTo("account_id=abcd1234&product=SMS&direction=outbound&id=" + ID);
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "wrong credentials", Reply.json(401, resource("/api/report_error_401.json")),
        "wrong filter", Reply.json(422, resource("/api/report_error_422.json")));
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.secrets();
  }

  @Test
  void withoutTheIdItAsksForTheNumberAtThatTimeAndTakesOurReferenceOnly() {
    JsonObject report = report();
    JsonObject ours = report.getJsonArray("records").getJsonObject(0);
    JsonObject sameText = ours.copy().put("client_ref", "another-1").put("message_id", "0A2");
    report.put("records", new JsonArray().add(sameText).add(ours));
    server().reply(Reply.json(200, report));

    assertThat(provider().lookUp(withoutId())).contains(expected());

    FormBody asked = FormBody.parse(server().seen().get(0).query()).orElseThrow();
    assertThat(asked.first("to")).isEqualTo("15558675310");
    assertThat(asked.first("date_start")).isEqualTo("2025-12-31T23:58:00Z");
    assertThat(asked.first("date_end")).isEqualTo("2026-01-01T00:10:00Z");
    assertThat(asked.first("id")).isNull();
  }

  @Test
  void anotherMessageToTheSameNumberIsNotOurs() {
    JsonObject report = report();
    report.getJsonArray("records").getJsonObject(0).put("client_ref", "another-1");
    server().reply(Reply.json(200, report));

    assertThat(provider().lookUp(withoutId())).isEmpty();
  }

  @Test
  void halfAListProvesNothing() {
    JsonObject report = report().put("request_status", "TRUNCATED").put("records", new JsonArray());

    assertFails(Reply.json(200, report), withoutId());
  }

  @Test
  void textHasArrivedWhenAllItsPartsHave() {
    JsonObject report = report();
    JsonObject part = report.getJsonArray("records").getJsonObject(0);
    JsonObject delivered = part.copy().put("status", "delivered").put("message_id", "0A1");
    JsonObject accepted = part.copy().put("status", "accepted").put("message_id", "0A2");
    server()
        .reply(
            Reply.json(200, report.put("records", new JsonArray().add(delivered).add(accepted))));
    assertThat(provider().lookUp(withoutId()).orElseThrow().status()).isEqualTo(ReceiptStatus.SENT);

    server().reply(Reply.json(200, report.put("records", new JsonArray().add(accepted).add(part))));
    assertThat(provider().lookUp(withoutId()).orElseThrow().status())
        .isEqualTo(ReceiptStatus.BOUNCED);
  }

  @ParameterizedTest
  @CsvSource({
    "submitted, SENT",
    "accepted, SENT",
    "buffered, DEFERRED",
    "delivered, DELIVERED",
    "expired, EXPIRED",
    "rejected, REJECTED",
    "deleted, UNKNOWN"
  })
  void statusesMeanWhatTheyMeanInReceipts(String status, ReceiptStatus expected) {
    JsonObject report = report();
    report.getJsonArray("records").getJsonObject(0).put("status", status).put("error_code", "0");
    server().reply(Reply.json(200, report));

    assertThat(provider().lookUp(query()).orElseThrow().status()).isEqualTo(expected);
  }

  private StatusQuery withoutId() {
    return SampleRequests.query(request(), null);
  }

  private JsonObject report() {
    return new JsonObject(resource("/api/report_sms.json"));
  }
}

package io.signalbox.provider.vonage;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was sent by the Messages API is another product, with other statuses. */
class MessagesLookupTest extends BaseLookupTest {
  private static final String ID = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";

  @Override
  protected ProviderFactory factory() {
    return new VonageFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.applicationConfig(baseUrl);
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
        "lookup:" + ID + ":read",
        SampleRequests.ATTEMPT_ID,
        ID,
        ReceiptStatus.READ,
        ReasonClass.NONE,
        "read",
        "0",
        null,
        "15558675310",
        Instant.parse("2026-01-01T00:00:03Z"));
  }

  @Override
  protected boolean eventIdIsThatOfTheWebhook() {
    return false;
  }

  @Override
  protected Reply notFound() {
    return Reply.json(200, report().put("ids_not_found", ID).put("records", new JsonArray()));
  }

  /** The Reports API takes key and secret only, also where an application sends. */
  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.path()).isEqualTo("/v2/reports/records");
    assertThat(seen.header("Authorization")).startsWith("Basic ");
    assertThat(seen.query())
        .isEqualTo("account_id=abcd1234&product=MESSAGES&direction=outbound&id=" + ID);
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of("wrong credentials", Reply.json(401, resource("/api/report_error_401.json")));
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.applicationSecrets();
  }

  @Test
  void withoutTheIdOurReferenceFindsTheMessage() {
    server().reply(found());

    assertThat(provider().lookUp(SampleRequests.query(request(), null))).contains(expected());
  }

  @ParameterizedTest
  @CsvSource({
    "submitted, 0, SENT, NONE",
    "delivered, 0, DELIVERED, NONE",
    "rejected, 1240, REJECTED, UNSUBSCRIBED",
    "undeliverable, 1260, BOUNCED, HARD_BOUNCE",
    "teleported, 0, UNKNOWN, NONE"
  })
  void statusesMeanWhatTheyMeanInWebhooks(
      String status, String code, ReceiptStatus expected, ReasonClass reason) {
    JsonObject report = report();
    report.getJsonArray("records").getJsonObject(0).put("status", status).put("error_code", code);
    server().reply(Reply.json(200, report));

    Receipt receipt = provider().lookUp(query()).orElseThrow();

    assertThat(receipt.status()).isEqualTo(expected);
    assertThat(receipt.reason()).isEqualTo(reason);
  }

  private JsonObject report() {
    return new JsonObject(resource("/api/report_messages.json"));
  }
}

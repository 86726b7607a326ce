package io.signalbox.provider.twilio;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioLookupTest extends BaseLookupTest {
  private static final String SID = "SM1342fe1b2c904d1ab04f0fc7a58abca9";

  @Override
  protected ProviderFactory factory() {
    return new TwilioFactory();
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
    return SID;
  }

  @Override
  protected Reply found() {
    return Reply.json(200, resource("/api/fetch_undelivered.json"));
  }

  @Override
  protected Receipt expected() {
    return new Receipt(
        SID + ":undelivered",
        SampleRequests.ATTEMPT_ID,
        SID,
        ReceiptStatus.BOUNCED,
        ReasonClass.HARD_BOUNCE,
        "undelivered",
        "30005",
        "Unknown destination handset",
        "+15558675310",
        Instant.parse("2023-08-24T05:01:47Z"));
  }

  @Override
  protected Reply notFound() {
    return Reply.json(404, resource("/api/error_404_20404.json"));
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path())
        .isEqualTo("/2010-04-01/Accounts/" + TestAccount.SID + "/Messages/" + SID + ".json");
    assertThat(seen.query()).isEmpty();
    assertThat(seen.header("Authorization")).isEqualTo(TestAccount.authorization());
  }

  @Override
  protected Map<String, Reply> documentedErrors() {
    return Map.of(
        "wrong credentials", Reply.json(401, resource("/api/error_401_20003.json")),
        "too many requests", Reply.json(429, resource("/api/error_429_20429.json")),
        "not found by somebody else", Reply.empty(404));
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.secrets();
  }

  @ParameterizedTest
  @CsvSource({
    "queued, QUEUED",
    "sent, SENT",
    "delivered, DELIVERED",
    "failed, FAILED",
    "teleported, UNKNOWN"
  })
  void statusesMeanWhatTheyMeanInCallbacks(String status, ReceiptStatus expected) {
    JsonObject message = new JsonObject(resource("/api/send_success.json")).put("status", status);
    server().reply(Reply.json(200, message));

    assertThat(provider().lookUp(query()).orElseThrow().status()).isEqualTo(expected);
  }

  @Test
  void withoutSidNothingIsCertainAndNobodyIsAsked() {
    assertThat(provider().lookUp(SampleRequests.query(request(), null))).isEmpty();
    assertThat(server().seen()).isEmpty();
  }
}

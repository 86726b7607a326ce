package io.signalbox.provider.calcom;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.Webhooks;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalComWebhookTest extends BaseWebhookTest {
  private static final String HEADER = "X-Cal-Signature-256";
  private static final String SECRET = "cal_webhook_secret";

  @Override
  protected ProviderFactory factory() {
    return new CalComFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("secret", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return TestAccount.config("https://api.cal.com")
        .put("webhook_secret", vectorKey.getString("secret"));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return signedWith(SECRET, unsigned);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of(HEADER);
  }

  @Override
  protected Buffer unknownEvent() {
    return event("BOOKING_TELEPORTED", booking()).toBuffer();
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  @Test
  void eventsThatChangeNothingAreBelievedAndSayNothing() {
    for (String trigger :
        List.of("MEETING_STARTED", "MEETING_ENDED", "RECORDING_READY", "BOOKING_NO_SHOW_UPDATED")) {
      assertThat(changes(event(trigger, booking()))).as(trigger).isEmpty();
    }
    // The test of a webhook may carry the name of any event, and has no booking.
    assertThat(changes(event("BOOKING_CREATED", new JsonObject().put("type", "Test")))).isEmpty();
  }

  @Test
  void stateIsThatOfTheStatusWhereTheEventLeavesItOpen() {
    assertThat(state("BOOKING_CREATED", "PENDING")).isEqualTo(BookingState.PENDING);
    assertThat(state("BOOKING_RESCHEDULED", "PENDING")).isEqualTo(BookingState.PENDING);
    assertThat(state("BOOKING_PAID", "PENDING")).isEqualTo(BookingState.PENDING);
    assertThat(state("BOOKING_PAID", "?")).isEqualTo(BookingState.ACCEPTED);
    assertThat(state("BOOKING_PAYMENT_INITIATED", "ACCEPTED")).isEqualTo(BookingState.PENDING);
    assertThat(state("BOOKING_CANCELLED", "ACCEPTED")).isEqualTo(BookingState.CANCELLED);
  }

  @Test
  void attemptIsReadFromTheMetadata() {
    JsonObject booking =
        booking()
            .put("metadata", new JsonObject().put("signalbox_attempt", SampleRequests.ATTEMPT_ID));

    assertThat(changes(event("BOOKING_CREATED", booking)))
        .extracting(BookingChange::attemptId)
        .containsExactly(SampleRequests.ATTEMPT_ID);
  }

  @Test
  void bookingIsReadFromTheRootToo() {
    JsonObject flat = booking().put("triggerEvent", "BOOKING_CANCELLED");

    List<BookingChange> changes = changes(flat.put("createdAt", "2026-01-01T00:00:01.000Z"));

    assertThat(changes).extracting(BookingChange::uid).containsExactly("uid-1");
  }

  @Test
  void eventWithoutATimeHappenedWhenItCameAndIsToldFromOthers() {
    JsonObject first = event("BOOKING_CREATED", booking()).put("createdAt", "yesterday");
    JsonObject second = event("BOOKING_CREATED", booking().put("title", "other"));
    second.remove("createdAt");

    BookingChange one = changes(first).get(0);
    BookingChange other = changes(second).get(0);

    assertThat(one.occurredAt()).isEqualTo(NOW);
    assertThat(one.eventId()).isNotEqualTo(other.eventId());
    assertThat(changes(first).get(0).eventId()).isEqualTo(one.eventId());
  }

  @Test
  void acceptsEverySecretOfARotation() {
    JsonObject config = config().put("webhook_secret", new JsonArray().add("new").add(SECRET));
    HostedProvider provider = create(config);
    WebhookRequest unsigned = Webhooks.unsigned("json", unknownEvent(), NOW);

    for (String secret : List.of(SECRET, "new")) {
      assertThat(provider.receive(signedWith(secret, unsigned)))
          .isInstanceOf(WebhookResult.Verified.class);
    }
    assertRefused(provider.receive(signedWith("other", unsigned)));
    provider.close();
  }

  @Test
  void refusesEverythingWithoutASecret() {
    HostedProvider provider = create(TestAccount.config("https://api.cal.com"));
    WebhookRequest unsigned = Webhooks.unsigned("json", unknownEvent(), NOW);

    assertRefused(provider.receive(signedWith("x", unsigned)));
    assertRefused(provider.receive(Webhooks.withHeader(unsigned, HEADER, "no-secret-provided")));
    provider.close();
  }

  private BookingState state(String trigger, String status) {
    return changes(event(trigger, booking().put("status", status))).get(0).state();
  }

  private List<BookingChange> changes(JsonObject event) {
    HostedProvider provider = create(config());
    WebhookResult result =
        provider.receive(signedWith(SECRET, Webhooks.unsigned("json", event.toBuffer(), NOW)));
    provider.close();
    assertThat(((WebhookResult.Verified) result).receipts()).isEmpty();
    return ((WebhookResult.Verified) result).bookings();
  }

  private static void assertRefused(WebhookResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
  }

  private static WebhookRequest signedWith(String secret, WebhookRequest unsigned) {
    String signature =
        new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, List.of(new Secret(secret)))
            .sign(unsigned.body().getBytes());
    return Webhooks.withHeader(unsigned, HEADER, signature);
  }

  private static JsonObject event(String trigger, JsonObject payload) {
    return new JsonObject()
        .put("triggerEvent", trigger)
        .put("createdAt", "2026-01-01T00:00:01.000Z")
        .put("payload", payload);
  }

  private static JsonObject booking() {
    return new JsonObject()
        .put("uid", "uid-1")
        .put("startTime", "2026-01-05T09:30:00Z")
        .put("endTime", "2026-01-05T10:30:00Z");
  }
}

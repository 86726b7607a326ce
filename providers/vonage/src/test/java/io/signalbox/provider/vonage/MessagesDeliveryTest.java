package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.testkit.BaseDeliveryTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesDeliveryTest extends BaseDeliveryTest {
  private static final Recipient RECIPIENT = new Recipient.Phone("+15558675310");

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
  protected Reply success() {
    return Reply.json(202, resource("/api/messages_success_202.json"));
  }

  @Override
  protected String expectedProviderMessageId() {
    return "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";
  }

  @Override
  protected void assertOnTheWire(SeenRequest seen, DeliveryRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v1/messages");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject()
                .put("message_type", "text")
                .put("channel", "sms")
                .put("to", "15558675310")
                .put("from", "AcmeInc")
                .put("text", "Your code is 123456")
                .put("client_ref", SampleRequests.ATTEMPT_ID)
                .put("webhook_url", "https://app.example.com/webhooks/under-test")
                .put("webhook_version", "v1"));
    JsonObject claims = TestApplication.verified(bearer(seen));
    assertThat(claims.getString("application_id")).isEqualTo(TestApplication.ID);
    assertThat(claims.getLong("iat")).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.getLong("exp")).isEqualTo(NOW.getEpochSecond() + 900);
    assertThat(claims.getString("jti")).isNotBlank();
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.of("wrong credentials", error(401, ""), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("no credit", error(402, ""), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.rejected("wrong parameter", error(422, ""), ReasonClass.INVALID_CONTENT)
            .withCode("1020"),
        ErrorCase.rejected("wrong recipient", error(422, "_to"), ReasonClass.INVALID_RECIPIENT)
            .withCode("1020"),
        ErrorCase.rejected("number barred", coded(422, "1050"), ReasonClass.BLOCKED),
        ErrorCase.rejected("has sent STOP", coded(422, "1240"), ReasonClass.UNSUBSCRIBED),
        ErrorCase.of("sender not ours", coded(422, "1120"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("internal error", coded(500, "1030"), OutcomeKind.TRANSIENT));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled("throttled", error(429, ""), null).withCode("1000");
  }

  @Override
  protected List<String> secrets() {
    return TestAccount.applicationSecrets();
  }

  @Test
  void oneTokenServesUntilAMinuteBeforeItEnds() {
    server().reply(success());
    HostedProvider provider = provider();

    provider.deliver(request());
    clock.advance(Duration.ofMinutes(14).minusSeconds(1));
    provider.deliver(request());
    clock.advance(Duration.ofSeconds(1));
    provider.deliver(request());
    clock.advance(Duration.ofHours(-1));
    provider.deliver(request());

    List<String> tokens = server().seen().stream().map(MessagesDeliveryTest::bearer).toList();
    assertThat(tokens).hasSize(4);
    assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
    assertThat(tokens.subList(1, 4)).doesNotHaveDuplicates();
  }

  @Test
  void keyAndSecretDoWithoutAnApplication() {
    server().reply(success());

    assertThat(provider(TestAccount.messagesConfig(server().url())).deliver(request()))
        .isInstanceOf(Outcome.Sent.class);

    assertThat(server().seen().get(0).header("Authorization"))
        .isEqualTo(TestAccount.authorization());
  }

  @ParameterizedTest
  @CsvSource({"PT1S, 20", "PT90S, 90", "P30D, 604800"})
  void passesTimeToLiveOnInSeconds(Duration validFor, int seconds) {
    assertThat(sent(SampleRequests.withValidFor(request(), validFor)).getInteger("ttl"))
        .isEqualTo(seconds);
  }

  @Test
  void whatsAppGetsItsChannelAndNoTimeToLive() {
    DeliveryRequest whatsApp =
        SampleRequests.of(Channel.WHATSAPP, RECIPIENT, new Content("Order", "is ready", null));

    JsonObject body = sent(SampleRequests.withValidFor(whatsApp, Duration.ofMinutes(5)));

    assertThat(body.getString("channel")).isEqualTo("whatsapp");
    assertThat(body.getString("text")).isEqualTo("Order\nis ready");
    assertThat(body.containsKey("ttl")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"SMS, 1000", "WHATSAPP, 4096"})
  void longestTextIsCountedInCharacters(Channel channel, int most) {
    assertThat(sent(text(channel, "😀".repeat(most))).getString("text")).hasSize(2 * most);
    server().forget();

    Outcome tooLong = provider().deliver(text(channel, "x".repeat(most + 1)));

    assertThat(tooLong).isInstanceOf(Outcome.Rejected.class);
    assertThat(tooLong.evidence().code()).isEqualTo("text_too_long");
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void whatItDoesNotCarryIsLeftToOthers() {
    assertThat(provider().deliver(SampleRequests.email())).isInstanceOf(Outcome.Rejected.class);
    Outcome notServed = provider().deliver(text(Channel.TELEGRAM, "hello"));
    assertThat(notServed).isInstanceOf(Outcome.Transient.class);
    assertThat(notServed.evidence().code()).isEqualTo("channel_not_served");
    assertThat(server().seen()).isEmpty();
  }

  private JsonObject sent(DeliveryRequest request) {
    server().reply(success());
    assertThat(provider().deliver(request)).isInstanceOf(Outcome.Sent.class);
    return server().seen().get(0).json();
  }

  private static DeliveryRequest text(Channel channel, String text) {
    return SampleRequests.of(channel, RECIPIENT, new Content(null, text, null));
  }

  private Reply error(int status, String variant) {
    return Reply.json(status, resource("/api/messages_error_" + status + variant + ".json"));
  }

  private Reply coded(int status, String code) {
    JsonObject body = new JsonObject(resource("/api/messages_error_422.json"));
    return Reply.json(
        status, body.put("type", "https://developer.vonage.com/api-errors/messages#" + code));
  }

  private static String bearer(SeenRequest seen) {
    return String.valueOf(seen.header("Authorization")).substring("Bearer ".length());
  }
}

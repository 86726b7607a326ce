package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of webhooks, kept by every provider that receives some. A subclass gives the facts of
 * its wire, and the files that {@link BaseReceiverTest} names.
 */
public abstract class BaseWebhookTest extends BaseReceiverTest {
  private static final int MUTATIONS_OF_EACH = 40;
  private static final Duration FAR = Duration.ofDays(2);

  @TestFactory
  Stream<DynamicTest> signatureVectorIsJudgedAsDocumented() {
    List<JsonObject> vectors = vectors();
    assertThat(vectors).isNotEmpty();
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.getString("name"), () -> judge(vector)));
  }

  @TestFactory
  Stream<DynamicTest> fixtureBecomesItsReceipts() {
    List<Fixture> fixtures = fixtures();
    return fixtures.stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.name(),
                    () ->
                        assertThat(ReceiptJson.of(receive(fixture)))
                            .isEqualTo(fixture.expected())));
  }

  @Test
  void statusesOfFixturesAreThoseOfTheDescriptor() {
    Set<String> promised =
        factory().descriptor().webhookEvents().stream()
            .map(ReceiptStatus::wireName)
            .collect(Collectors.toSet());

    assertThat(
            fixtures().stream()
                .flatMap(fixture -> ReceiptJson.values(fixture.expected(), "status"))
                // What is kept as unknown is promised by nobody.
                .filter(status -> !status.equals(ReceiptStatus.UNKNOWN.wireName())))
        .isSubsetOf(promised);
  }

  @Test
  void flippedBitIsRefused() {
    Random random = Seeds.random(getClass());
    for (Fixture fixture : posted()) {
      WebhookRequest good = signed(fixture.kind(), fixture.body(), NOW);
      int position = random.nextInt(good.body().length());
      Buffer flipped = Mutations.withFlippedBit(good.body(), position);

      judges(bodyIsSigned(), Webhooks.withBody(good, flipped), Refusal.UNAUTHENTICATED);
    }
  }

  @Test
  void missingSignatureIsRefused() {
    Fixture fixture = fixtures().get(0);

    List<WebhookRequest> spoiled =
        withSpoiledSignature(signed(fixture.kind(), fixture.body(), NOW));

    assertThat(spoiled).isNotEmpty();
    spoiled.forEach(request -> refuses(request, Refusal.UNAUTHENTICATED));
  }

  @Test
  void signatureOfAnotherTimeIsRefused() {
    Fixture fixture = fixtures().get(0);

    WebhookRequest old = signed(fixture.kind(), fixture.body(), NOW.minus(FAR));
    WebhookRequest early = signed(fixture.kind(), fixture.body(), NOW.plus(FAR));
    judges(timeIsSigned(), old, Refusal.STALE);
    judges(timeIsSigned(), early, Refusal.STALE);
  }

  @Test
  void unknownEventIsVerifiedAndKeptAsUnknown() {
    WebhookResult result = provider().receive(signed(kind(), unknownEvent(), NOW));

    List<Receipt> receipts = verified(result);
    assertThat(((WebhookResult.Verified) result).bookings()).isEmpty();
    assertThat(((WebhookResult.Verified) result).rentals()).isEmpty();
    boolean carriesMessages =
        factory().descriptor().channels().stream().anyMatch(Channel::carriesMessages);
    assertThat(receipts.isEmpty()).isNotEqualTo(carriesMessages);
    assertThat(receipts).extracting(Receipt::status).isSubsetOf(ReceiptStatus.UNKNOWN);
  }

  @Test
  void repeatHasTheSameEventIds() {
    for (Fixture fixture : fixtures()) {
      WebhookResult first = receive(fixture);
      advance(Duration.ofSeconds(1));
      assertThat(ids(receive(fixture))).isEqualTo(ids(first));
      assertThat(ids(first)).doesNotHaveDuplicates().doesNotContain("");
    }
  }

  @Test
  void authenticRubbishIsMalformedAndNoInputMakesItThrow() {
    Random random = Seeds.random(getClass());
    for (Fixture fixture : fixtures()) {
      for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
        survives(fixture.kind(), Mutations.anyOf(fixture.body(), random));
        survives(fixture.kind(), Mutations.withOtherValue(fixture.body(), random));
      }
    }
    Mutations.hostileJson().forEach(body -> survives("json", body));
    Mutations.hostileJson().forEach(body -> survives("form", body));
    survives("form", Buffer.buffer("a=1&".repeat(100_000)));
    survives("form", Buffer.buffer("%zz=%".repeat(1_000)));
  }

  private void survives(String kind, Buffer body) {
    WebhookRequest unsigned = Webhooks.unsigned(kind, body, NOW);
    WebhookRequest signed = sign(unsigned, NOW);

    assertThat(provider().receive(unsigned)).isNotNull();
    WebhookResult result = provider().receive(signed);
    assertThat(result).isNotNull();
    boolean couldBeSigned = !signatureIsInBody() || !signed.equals(unsigned);
    if (couldBeSigned && result instanceof WebhookResult.Refused refused) {
      // Anything else would mean that the signature check kept the parser from being tried.
      assertThat(refused.refusal()).as(refused.detail()).isEqualTo(Refusal.MALFORMED);
    }
  }

  private void judge(JsonObject vector) {
    WebhookResult result = receive(vector);

    boolean believed =
        !(result instanceof WebhookResult.Refused refused)
            || refused.refusal() == Refusal.MALFORMED;
    assertThat(believed)
        .as("%s; %s", vector.getString("reason"), result)
        .isEqualTo("valid".equals(vector.getString("expected")));
  }

  /** A scheme that does not cover something must say so: a wrong claim fails either way. */
  private void judges(boolean covered, WebhookRequest request, Refusal refusal) {
    if (covered) {
      refuses(request, refusal);
    } else if (provider().receive(request) instanceof WebhookResult.Refused refused) {
      assertThat(refused.refusal())
          .as(refused.detail())
          .isIn(
              Refusal.MALFORMED, signatureIsInBody() ? Refusal.UNAUTHENTICATED : Refusal.MALFORMED);
    }
  }

  private void refuses(WebhookRequest request, Refusal refusal) {
    WebhookResult result = provider().receive(request);

    assertThat(result).isInstanceOf(WebhookResult.Refused.class);
    assertThat(((WebhookResult.Refused) result).refusal()).isEqualTo(refusal);
  }

  private static List<Receipt> verified(WebhookResult result) {
    assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    return ((WebhookResult.Verified) result).receipts();
  }

  private static List<String> ids(WebhookResult result) {
    return result instanceof WebhookResult.Verified verified
        ? Stream.of(
                verified.receipts().stream().map(Receipt::eventId),
                verified.bookings().stream().map(BookingChange::eventId),
                verified.rentals().stream().map(RentalNews::eventId))
            .flatMap(ids -> ids)
            .toList()
        : List.of();
  }
}

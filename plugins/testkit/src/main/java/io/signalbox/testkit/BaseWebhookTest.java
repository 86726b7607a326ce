package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of webhooks, kept by every provider that receives some. Besides what a subclass gives,
 * the kit reads {@code vectors.json} (signature vectors of the documents) and the folder {@code
 * fixtures}; see {@link Fixture}.
 */
public abstract class BaseWebhookTest {
  /** When the webhooks of these tests arrive. */
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  private static final int MUTATIONS_OF_EACH = 40;
  private static final Duration FAR = Duration.ofDays(2);

  private final Vertx vertx = Vertx.vertx();
  private final ManualClock clock = new ManualClock(NOW);
  private HostedProvider provider;

  /** The plugin under test. */
  protected abstract ProviderFactory factory();

  /** A good configuration with the key that {@link #sign} signs with. */
  protected abstract JsonObject config();

  /** The same with the key of a signature vector. */
  protected abstract JsonObject config(JsonObject vectorKey);

  /**
   * Puts a signature on a request as the provider would; returns it as it is where the provider
   * signs nothing.
   *
   * @param at the time that the signature names, where it names one
   */
  protected abstract WebhookRequest sign(WebhookRequest unsigned, Instant at);

  /** The headers without any of which a webhook is refused. */
  protected abstract List<String> signatureHeaders();

  /** The body of an authentic event of a type that does not exist. */
  protected abstract Buffer unknownEvent();

  /** {@code json} or {@code form}: the kind of {@link #unknownEvent()}. */
  protected String kind() {
    return "json";
  }

  /** Whether a changed body spoils the signature. */
  protected boolean bodyIsSigned() {
    return true;
  }

  /**
   * Whether the signature stands inside the body: then {@link #sign} returns bodies that cannot
   * hold one as they are, and what spoils the body may spoil its signature.
   */
  protected boolean signatureIsInBody() {
    return false;
  }

  /**
   * The request without its signature, and with rubbish in its place: all of them are refused.
   * Overridden where the signature is not in {@link #signatureHeaders()}.
   */
  protected List<WebhookRequest> withSpoiledSignature(WebhookRequest signed) {
    List<WebhookRequest> spoiled = new ArrayList<>();
    for (String header : signatureHeaders()) {
      spoiled.add(Webhooks.withoutHeader(signed, header));
      spoiled.add(Webhooks.withHeader(signed, header, ""));
      spoiled.add(Webhooks.withHeader(signed, header, "v1,\u0000=, %zz 9".repeat(99)));
    }
    return spoiled;
  }

  /** Whether the signature names its time and an old one is refused. */
  protected boolean timeIsSigned() {
    return true;
  }

  /** The time at which a vector is to be judged. */
  protected Instant timeOf(JsonObject vector) {
    Long verifyAt = vector.getLong("verify_at");
    return verifyAt == null ? NOW : Instant.ofEpochSecond(verifyAt);
  }

  /** Makes a provider of another configuration; its connections end with the test. */
  protected final HostedProvider create(JsonObject config) {
    return HostedProvider.create(vertx, factory(), config, clock);
  }

  @BeforeEach
  final void create() {
    provider = create(config());
  }

  @AfterEach
  final void release() {
    provider.close();
    HostedProvider.await(vertx.close().map("closed"));
  }

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
    List<Receipt> receipts = verified(provider.receive(signed(kind(), unknownEvent(), NOW)));

    assertThat(receipts).isNotEmpty();
    assertThat(receipts).extracting(Receipt::status).containsOnly(ReceiptStatus.UNKNOWN);
  }

  @Test
  void repeatHasTheSameEventIds() {
    for (Fixture fixture : fixtures()) {
      WebhookResult first = receive(fixture);
      clock.advance(Duration.ofSeconds(1));
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

    assertThat(provider.receive(unsigned)).isNotNull();
    WebhookResult result = provider.receive(signed);
    assertThat(result).isNotNull();
    boolean couldBeSigned = !signatureIsInBody() || !signed.equals(unsigned);
    if (couldBeSigned && result instanceof WebhookResult.Refused refused) {
      // Anything else would mean that the signature check kept the parser from being tried.
      assertThat(refused.refusal()).as(refused.detail()).isEqualTo(Refusal.MALFORMED);
    }
  }

  private void judge(JsonObject vector) {
    Instant at = timeOf(vector);
    ManualClock then = new ManualClock(at);
    HostedProvider judging =
        HostedProvider.create(vertx, factory(), config(vector.getJsonObject("key")), then);

    WebhookResult result = judging.receive(Webhooks.ofVector(vector.getJsonObject("request"), at));

    judging.close();
    boolean believed =
        !(result instanceof WebhookResult.Refused refused)
            || refused.refusal() == Refusal.MALFORMED;
    assertThat(believed)
        .as("%s; %s", vector.getString("reason"), result)
        .isEqualTo("valid".equals(vector.getString("expected")));
  }

  private WebhookResult receive(Fixture fixture) {
    return provider.receive(signed(fixture.kind(), fixture.body(), NOW));
  }

  private WebhookRequest signed(String kind, Buffer body, Instant at) {
    return sign(Webhooks.unsigned(kind, body, NOW), at);
  }

  /** A scheme that does not cover something must say so: a wrong claim fails either way. */
  private void judges(boolean covered, WebhookRequest request, Refusal refusal) {
    if (covered) {
      refuses(request, refusal);
    } else if (provider.receive(request) instanceof WebhookResult.Refused refused) {
      assertThat(refused.refusal())
          .as(refused.detail())
          .isIn(
              Refusal.MALFORMED, signatureIsInBody() ? Refusal.UNAUTHENTICATED : Refusal.MALFORMED);
    }
  }

  private void refuses(WebhookRequest request, Refusal refusal) {
    WebhookResult result = provider.receive(request);

    assertThat(result).isInstanceOf(WebhookResult.Refused.class);
    assertThat(((WebhookResult.Refused) result).refusal()).isEqualTo(refusal);
  }

  private List<Fixture> fixtures() {
    List<Fixture> fixtures = Fixture.loadAll(getClass());
    assertThat(fixtures).isNotEmpty();
    return fixtures;
  }

  private List<Fixture> posted() {
    return fixtures().stream().filter(fixture -> !"query".equals(fixture.kind())).toList();
  }

  private List<JsonObject> vectors() {
    try (InputStream in = getClass().getResourceAsStream("/vectors.json")) {
      if (in == null) {
        throw new AssertionError("no src/test/resources/vectors.json");
      }
      List<JsonObject> vectors = new ArrayList<>();
      JsonArray array = new JsonArray(Buffer.buffer(in.readAllBytes()));
      for (int i = 0; i < array.size(); i++) {
        vectors.add(array.getJsonObject(i));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Receipt> verified(WebhookResult result) {
    assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    return ((WebhookResult.Verified) result).receipts();
  }

  private static List<String> ids(WebhookResult result) {
    return result instanceof WebhookResult.Verified verified
        ? verified.receipts().stream().map(Receipt::eventId).toList()
        : List.of();
  }
}

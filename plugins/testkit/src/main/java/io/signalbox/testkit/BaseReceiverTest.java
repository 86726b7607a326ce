package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The facts that a provider with webhooks gives to {@link BaseWebhookTest}, the provider that they
 * are about, and the recorded data: {@code vectors.json} (signature vectors of the documents) and
 * the folder {@code fixtures}; see {@link Fixture}.
 */
public abstract class BaseReceiverTest {
  /** When the webhooks of these tests arrive. */
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

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

  /** The provider that {@link #config()} makes. */
  final HostedProvider provider() {
    return provider;
  }

  final WebhookResult receive(Fixture fixture) {
    return provider.receive(signed(fixture.kind(), fixture.body(), NOW));
  }

  final WebhookRequest signed(String kind, Buffer body, Instant at) {
    return sign(Webhooks.unsigned(kind, body, NOW), at);
  }

  /** Lets time pass for the provider. */
  final void advance(Duration time) {
    clock.advance(time);
  }

  /** What a provider with a vector's key makes of the vector, at its time. */
  final WebhookResult receive(JsonObject vector) {
    Instant at = timeOf(vector);
    HostedProvider judging =
        HostedProvider.create(
            vertx, factory(), config(vector.getJsonObject("key")), new ManualClock(at));
    WebhookResult result = judging.receive(Webhooks.ofVector(vector.getJsonObject("request"), at));
    judging.close();
    return result;
  }

  final List<Fixture> fixtures() {
    List<Fixture> fixtures = Fixture.loadAll(getClass());
    assertThat(fixtures).isNotEmpty();
    return fixtures;
  }

  final List<Fixture> posted() {
    return fixtures().stream().filter(fixture -> !"query".equals(fixture.kind())).toList();
  }

  final List<JsonObject> vectors() {
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
}

package io.signalbox.provider.vonage;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token of an application: a JSON Web Token, signed by RS256. One token serves many
 * calls, since signing takes far longer than all the rest of a call, and is done on a worker thread
 * while the token before is still good. For one context alone.
 */
final class ApplicationToken {
  /** The lifetime that Vonage's own SDKs give their tokens. */
  static final Duration LIFETIME = Duration.ofMinutes(15);

  /** A token that is younger than this is used again, so that each has a minute left on its way. */
  static final Duration REUSE = LIFETIME.minusMinutes(1);

  /** The use of a token that is older than this has the next one signed. */
  static final Duration FRESH = REUSE.minusMinutes(2);

  private static final String HEADER = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

  private final Vertx vertx;
  private final VonageConfig.Application application;
  private final Supplier<String> ids;
  private @Nullable Signing last;
  private @Nullable Signing next;

  /** A token, or one to come. */
  private record Signing(Instant at, Future<Secret> token) {
    boolean isYoungerThan(Duration age, Instant now) {
      // A clock that was set back makes a token of the future, which Vonage would refuse.
      return !now.isBefore(at) && now.isBefore(at.plus(age));
    }
  }

  /**
   * Makes tokens.
   *
   * @param ids gives each token an id of its own; called on worker threads
   */
  ApplicationToken(Vertx vertx, VonageConfig.Application application, Supplier<String> ids) {
    this.vertx = vertx;
    this.application = application;
    this.ids = ids;
  }

  /**
   * A token that is good now: there at once unless none was asked for lately. Fails if it cannot be
   * signed; the next to ask has it tried again.
   */
  Future<Secret> at(Instant now) {
    Signing known = last;
    if (known == null || !known.isYoungerThan(REUSE, now)) {
      return signed(now);
    }
    if (!known.isYoungerThan(FRESH, now)) {
      // If this fails nobody misses it yet: the token that is there goes on serving.
      signed(now);
    }
    return known.token();
  }

  /** All who ask meanwhile share one token. */
  private Future<Secret> signed(Instant now) {
    Signing pending = next;
    if (pending != null && pending.isYoungerThan(REUSE, now)) {
      return pending.token();
    }
    Signing begun = new Signing(now, vertx.executeBlocking(() -> sign(now), false));
    next = begun;
    return begun
        .token()
        .onComplete(
            done -> {
              if (begun.equals(next)) {
                next = null;
                last = done.succeeded() ? begun : last;
              }
            });
  }

  private Secret sign(Instant now) {
    JsonObject claims =
        new JsonObject()
            .put("application_id", application.id())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .put("jti", ids.get());
    String signed = HEADER + "." + encoded(claims.encode());
    byte[] signature = application.key().sign(signed);
    return new Secret(signed + "." + SignatureEncoding.BASE64URL.encode(signature));
  }

  private static String encoded(String json) {
    return SignatureEncoding.BASE64URL.encode(json.getBytes(StandardCharsets.UTF_8));
  }
}

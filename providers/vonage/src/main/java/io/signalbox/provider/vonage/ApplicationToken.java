package io.signalbox.provider.vonage;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token of an application: a JSON Web Token, signed by RS256. One token serves many
 * calls, since signing takes far longer than all the rest of a call. For one context alone.
 */
final class ApplicationToken {
  /** The lifetime that Vonage's own SDKs give their tokens. */
  static final Duration LIFETIME = Duration.ofMinutes(15);

  /** A token that is younger than this is used again, so that each has a minute left on its way. */
  private static final Duration REUSE = LIFETIME.minusMinutes(1);

  private static final String HEADER = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

  private final VonageConfig.Application application;
  private final Supplier<String> ids;
  private @Nullable Signed last;

  private record Signed(Secret token, Instant at) {
    boolean serves(Instant now) {
      // A clock that was set back makes a token of the future, which Vonage would refuse.
      return !now.isBefore(at) && now.isBefore(at.plus(REUSE));
    }
  }

  /**
   * Makes tokens.
   *
   * @param ids gives each token an id of its own
   */
  ApplicationToken(VonageConfig.Application application, Supplier<String> ids) {
    this.application = application;
    this.ids = ids;
  }

  /** A token that is good now. */
  Secret at(Instant now) {
    Signed signed = last;
    if (signed == null || !signed.serves(now)) {
      signed = new Signed(sign(now), now);
      last = signed;
    }
    return signed.token();
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

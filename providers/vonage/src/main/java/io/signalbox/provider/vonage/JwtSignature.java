package io.signalbox.provider.vonage;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.Sha256;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token of Vonage's Messages API: a JSON Web Token, always HS256, that names the hash of
 * the body. Vonage's SDKs check the token alone; hash and time are checked here.
 */
final class JwtSignature {
  private static final String BEARER = "Bearer ";

  private final HmacSignature hmac;
  private final String apiKey;
  private final TimestampTolerance tolerance;

  JwtSignature(List<Secret> secrets, String apiKey, TimestampTolerance tolerance) {
    this.hmac = new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.BASE64URL, secrets);
    this.apiKey = apiKey;
    this.tolerance = tolerance;
  }

  /** Whether the header brings a token at all. */
  static boolean isBearer(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  SignatureCheck verify(@Nullable String authorization, Buffer body, Instant now) {
    Optional<JsonObject> claims = claims(authorization);
    if (claims.isEmpty()) {
      return SignatureCheck.unauthenticated("no token, or not signed by us with HS256");
    }
    String hash = JsonBody.text(claims.get(), "payload_hash");
    Optional<byte[]> expected = SignatureEncoding.HEX.decode(hash);
    if (expected.isEmpty() || !MessageDigest.isEqual(Sha256.of(body), expected.get())) {
      return SignatureCheck.unauthenticated("the body does not have the signed hash");
    }
    String key = JsonBody.text(claims.get(), "api_key");
    if (key != null && !key.equals(apiKey)) {
      return SignatureCheck.unauthenticated("signed for another account");
    }
    Optional<Instant> signedAt =
        TimestampTolerance.parseUnixSeconds(JsonBody.text(claims.get(), "iat"));
    return signedAt.isEmpty()
        ? SignatureCheck.unauthenticated("no time in the token")
        : tolerance.check(signedAt.get(), now);
  }

  /** The claims of a token whose signature is right, whatever they say; empty otherwise. */
  Optional<JsonObject> claims(@Nullable String authorization) {
    if (!isBearer(authorization) || authorization == null) {
      return Optional.empty();
    }
    List<String> parts = List.of(authorization.substring(BEARER.length()).strip().split("\\.", -1));
    if (parts.size() != 3 || !isHs256(parts.get(0))) {
      return Optional.empty();
    }
    byte[] signed = (parts.get(0) + '.' + parts.get(1)).getBytes(StandardCharsets.UTF_8);
    return hmac.matches(parts.get(2), signed) ? json(parts.get(1)) : Optional.empty();
  }

  private static boolean isHs256(String header) {
    return json(header).filter(json -> "HS256".equals(JsonBody.text(json, "alg"))).isPresent();
  }

  private static Optional<JsonObject> json(String part) {
    return SignatureEncoding.BASE64URL.decode(part).map(Buffer::buffer).flatMap(JsonBody::object);
  }
}

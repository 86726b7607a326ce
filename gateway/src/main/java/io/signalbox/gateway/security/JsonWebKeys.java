package io.signalbox.gateway.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON Web Key Set (RFC 7517). Keys that cannot be used here are left out: other kinds,
 * other algorithms, keys for encryption, and secrets, which nobody may publish.
 */
final class JsonWebKeys {
  static final ECParameterSpec P256 = p256();

  /** More are not kept: a token without a key's name is tried with each. */
  static final int MOST_KEYS = 32;

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_BYTES = 32;

  private JsonWebKeys() {}

  /**
   * Reads the usable keys of a set.
   *
   * @throws RuntimeException of the JSON library if it is no such set
   */
  static List<TokenKey> read(JsonObject set) {
    List<TokenKey> keys = new ArrayList<>();
    for (Object each : set.getJsonArray("keys", new JsonArray())) {
      if (each instanceof JsonObject json && keys.size() < MOST_KEYS) {
        key(json).ifPresent(keys::add);
      }
    }
    return List.copyOf(keys);
  }

  private static Optional<TokenKey> key(JsonObject json) {
    try {
      PublicKey key = isForSignatures(json) ? publicKey(json) : null;
      return key == null
          ? Optional.empty()
          : TokenAlgorithm.of(key)
              .filter(its -> its.wireName().equals(json.getString("alg", its.wireName())))
              .map(algorithm -> new TokenKey(algorithm, json.getString("kid"), key));
    } catch (GeneralSecurityException | RuntimeException e) {
      // One key that cannot be read does not take the others away.
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JsonObject json) {
    JsonArray operations = json.getJsonArray("key_ops");
    return "sig".equals(json.getString("use", "sig"))
        && (operations == null || operations.contains("verify"));
  }

  private static @Nullable PublicKey publicKey(JsonObject json) throws GeneralSecurityException {
    return switch (json.getString("kty", "")) {
      case "RSA" ->
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(number(json, "n"), number(json, "e")));
      case "EC" -> "P-256".equals(json.getString("crv")) ? ellipticKey(json) : null;
      case "OKP" ->
          "Ed25519".equals(json.getString("crv"))
              ? KeyFactory.getInstance("Ed25519")
                  .generatePublic(new X509EncodedKeySpec(ed25519(bytes(json, "x"))))
              : null;
      default -> null;
    };
  }

  private static PublicKey ellipticKey(JsonObject json) throws GeneralSecurityException {
    ECPoint point = new ECPoint(number(json, "x"), number(json, "y"));
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256));
  }

  private static byte[] ed25519(byte[] point) throws InvalidKeySpecException {
    if (point.length != ED25519_BYTES) {
      throw new InvalidKeySpecException("an Ed25519 key has 32 bytes");
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
    return encoded;
  }

  private static BigInteger number(JsonObject json, String member) {
    return new BigInteger(1, bytes(json, member));
  }

  private static byte[] bytes(JsonObject json, String member) {
    return Base64.getUrlDecoder().decode(json.getString(member, ""));
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }
}

package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Checks the tokens that an application signs: JSON Web Tokens by RS256. */
final class ApplicationTokens {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int BITS = 2048;

  private final String applicationId;
  private final PublicKey key;

  /** Made once a process: it takes a good part of a second. */
  private static final class NewKey {
    static final String PEM = generate();

    private static String generate() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + "\n" + base64 + "\n" + END + "\n";
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java runtime has RSA", e);
      }
    }
  }

  /**
   * Checks the tokens of one application.
   *
   * @param privateKey its key, as {@link #newKey} writes it
   */
  ApplicationTokens(String applicationId, String privateKey) {
    this.applicationId = applicationId;
    this.key = publicKey(privateKey);
  }

  /** A private key: PEM, PKCS#8. All simulators of a process share it: see {@link NewKey}. */
  static String newKey() {
    return NewKey.PEM;
  }

  /** Whether this token is good at that time. */
  boolean isGood(String token, long epochSeconds) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || !"RS256".equals(field(parts[0], "alg")) || !isSigned(parts)) {
      return false;
    }
    JsonObject claims = json(parts[1]).orElseGet(JsonObject::new);
    return applicationId.equals(Fields.text(claims, "application_id"))
        && Fields.filled(claims, "jti") != null
        && claims.getValue("iat") instanceof Number
        && claims.getValue("exp") instanceof Number exp
        && exp.longValue() > epochSeconds;
  }

  private boolean isSigned(String[] parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException notSigned) {
      return false;
    }
  }

  private static String field(String part, String name) {
    String value = json(part).map(json -> Fields.text(json, name)).orElse(null);
    return value == null ? "" : value;
  }

  private static Optional<JsonObject> json(String part) {
    try {
      return Fields.object(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static PublicKey publicKey(String pem) {
    String base64 = pem.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      byte[] der = Base64.getDecoder().decode(base64);
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der));
      return rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new IllegalStateException("the state file holds no RSA key for vonage", e);
    }
  }
}

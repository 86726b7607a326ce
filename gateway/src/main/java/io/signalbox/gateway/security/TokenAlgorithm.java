package io.signalbox.gateway.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * How tokens may be signed. Each key is used with one algorithm, which follows from the key and is
 * never taken from the token; {@code none} is not among them.
 */
enum TokenAlgorithm {
  HS256("HS256", "HmacSHA256"),
  RS256("RS256", "SHA256withRSA"),
  /** The signature is the two numbers side by side (RFC 7518, 3.4), not their ASN.1 form. */
  ES256("ES256", "SHA256withECDSAinP1363Format"),
  EDDSA("EdDSA", "Ed25519");

  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int P256_NUMBER_BYTES = 32;

  private final String wireName;
  private final String javaName;

  TokenAlgorithm(String wireName, String javaName) {
    this.wireName = wireName;
    this.javaName = javaName;
  }

  /** The name in a token's header. */
  String wireName() {
    return wireName;
  }

  static Optional<TokenAlgorithm> find(String wireName) {
    for (TokenAlgorithm algorithm : values()) {
      if (algorithm.wireName.equals(wireName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The algorithm that a public key is used with; empty for keys that are not taken. */
  static Optional<TokenAlgorithm> of(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS
          ? Optional.of(RS256)
          : Optional.empty();
    }
    if (key instanceof ECPublicKey ec) {
      boolean p256 =
          ec.getParams().getCurve().equals(JsonWebKeys.P256.getCurve())
              && ec.getParams().getGenerator().equals(JsonWebKeys.P256.getGenerator());
      return p256 ? Optional.of(ES256) : Optional.empty();
    }
    if (key instanceof EdECPublicKey ed) {
      return NamedParameterSpec.ED25519.getName().equals(ed.getParams().getName())
          ? Optional.of(EDDSA)
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether a signature is the key's; false also for one of the wrong form. Costs up to 1 ms. */
  boolean verifies(Key key, byte[] input, byte[] signature) {
    try {
      if (this == HS256) {
        Mac mac = Mac.getInstance(javaName);
        mac.init(key);
        return MessageDigest.isEqual(mac.doFinal(input), signature);
      }
      if (!(key instanceof PublicKey publicKey) || !mayVerify(signature)) {
        return false;
      }
      Signature verifier = Signature.getInstance(javaName);
      verifier.initVerify(publicKey);
      verifier.update(input);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Whether a signature has a form that the JDK may be asked about. Both numbers of ES256 must be
   * from 1 to the order of the curve without itself (FIPS 186-4, 6.4.2): Java 17.0.0 to 17.0.2 does
   * not look, and takes two zeros as the signature of whatever stands above them (CVE-2022-21449).
   */
  boolean mayVerify(byte[] signature) {
    return this != ES256
        || (signature.length == 2 * P256_NUMBER_BYTES
            && isInOrder(Arrays.copyOf(signature, P256_NUMBER_BYTES))
            && isInOrder(Arrays.copyOfRange(signature, P256_NUMBER_BYTES, signature.length)));
  }

  private static boolean isInOrder(byte[] bytes) {
    BigInteger number = new BigInteger(1, bytes);
    return number.signum() > 0 && number.compareTo(JsonWebKeys.P256.getOrder()) < 0;
  }
}

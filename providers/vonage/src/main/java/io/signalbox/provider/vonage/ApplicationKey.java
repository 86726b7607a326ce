package io.signalbox.provider.vonage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private key of a Vonage application, which signs its tokens by RS256. */
final class ApplicationKey {
  /** The least that RS256 may be used with. */
  private static final int MIN_BITS = 2048;

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----\\s*", Pattern.DOTALL);

  private final PrivateKey key;

  private ApplicationKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a PKCS#8 PEM; empty if it is none, or of no RSA key of at least 2048 bits. Line breaks
   * may be real ones or {@code \n} written out, as they are in environment variables.
   */
  static Optional<ApplicationKey> read(String pem) {
    Matcher matcher = PEM.matcher(pem.replace("\\n", "\n"));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String base64 = matcher.group(1).replaceAll("\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      return key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= MIN_BITS
          ? Optional.of(new ApplicationKey(key))
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Signs by RSASSA-PKCS1-v1_5 with SHA-256. Takes about 3 ms with 2048 bits and 30 ms with 4096,
   * five times that for the first time: too long for an event loop.
   */
  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs by SHA256withRSA with an RSA key", e);
    }
  }

  @Override
  public String toString() {
    return "ApplicationKey[masked]";
  }
}

package io.signalbox.gateway.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads a public key, or a certificate's, from a PEM file. */
final class PublicKeyFile {
  private static final int MOST_BYTES = 64 * 1024;
  private static final String KEY_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String KEY_END = "-----END PUBLIC KEY-----";
  private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----";

  private PublicKeyFile() {}

  /**
   * Reads the file. Blocks.
   *
   * @throws IOException if it cannot be read, or holds no key that tokens can be verified with
   */
  static TokenKey read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too large for a public key");
    }
    PublicKey key = key(file, Files.readString(file, StandardCharsets.US_ASCII));
    TokenAlgorithm algorithm =
        TokenAlgorithm.of(key)
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + " must hold an RSA key of 2048 to 8192 bits, a P-256 or an Ed25519"));
    return new TokenKey(algorithm, null, key);
  }

  private static PublicKey key(Path file, String pem) throws IOException {
    try {
      if (pem.contains(CERTIFICATE_BEGIN)) {
        byte[] bytes =
            pem.substring(pem.indexOf(CERTIFICATE_BEGIN)).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes))
            .getPublicKey();
      }
      int begin = pem.indexOf(KEY_BEGIN);
      int end = pem.indexOf(KEY_END);
      if (begin >= 0 && end > begin) {
        return key(Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end)));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds no usable key: " + e.getMessage(), e);
    }
    throw new IOException(file + " must be a PEM file with a PUBLIC KEY or a CERTIFICATE");
  }

  /** The bytes name their algorithm, but the JDK wants to be asked for it. */
  private static PublicKey key(byte[] bytes) throws GeneralSecurityException {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(bytes);
    GeneralSecurityException refused = new GeneralSecurityException("not RSA, EC or Ed25519");
    for (String kind : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(spec);
      } catch (GeneralSecurityException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }
}

package io.signalbox.provider.ses;

import io.signalbox.toolkit.signature.SignatureEncoding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Map;
import java.util.Optional;

/** The signature of an envelope, in both of its versions. */
final class SnsSignature {
  private static final Map<String, String> ALGORITHMS =
      Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");

  private SnsSignature() {}

  /** Whether the owner of the key has signed the envelope. */
  static boolean matches(SnsEnvelope envelope, PublicKey key) {
    String version = envelope.text("SignatureVersion");
    String algorithm = version == null ? null : ALGORITHMS.get(version);
    Optional<byte[]> signature = SignatureEncoding.BASE64.decode(envelope.text("Signature"));
    return algorithm != null
        && signature.isPresent()
        && matches(algorithm, key, envelope.stringToSign(), signature.get());
  }

  private static boolean matches(String algorithm, PublicKey key, String text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // Not even of the form of a signature.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was checked to be RSA, and every JDK has it", e);
    }
  }
}

package io.signalbox.toolkit.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ECDSA on the curve P-256 with SHA-256; signatures as base64 of DER. */
public final class EcdsaSignature {
  private static final String ALGORITHM = "SHA256withECDSA";

  /** P-256 in the names that the JDK prints for it. */
  private static final String CURVE = "secp256r1";

  private final List<PublicKey> keys;

  /**
   * Makes a verifier.
   *
   * @param publicKeys each as base64 of SPKI DER without PEM framing; a signature under any is good
   * @throws IllegalArgumentException if there is none, or one is no P-256 key of that form
   */
  public EcdsaSignature(List<String> publicKeys) {
    if (publicKeys.isEmpty()) {
      throw new IllegalArgumentException("a signature needs at least one key");
    }
    List<PublicKey> parsed = new ArrayList<>();
    for (String text : publicKeys) {
      parsed.add(
          parse(text)
              .orElseThrow(
                  () -> new IllegalArgumentException("not a P-256 public key as base64 SPKI")));
    }
    this.keys = List.copyOf(parsed);
  }

  /**
   * {@return whether the text is a P-256 key as base64 of SPKI DER}
   *
   * @param text of a configuration
   */
  public static boolean isPublicKey(String text) {
    return parse(text).isPresent();
  }

  /**
   * Checks a signature over the parts, one after the other.
   *
   * @param signature as the sender presented it; null if it did not
   * @param parts what was signed, one after the other
   * @return genuine, or why not
   */
  public SignatureCheck verify(@Nullable String signature, byte[]... parts) {
    if (signature == null) {
      return SignatureCheck.unauthenticated("no signature");
    }
    Optional<byte[]> der = SignatureEncoding.BASE64.decode(signature);
    for (PublicKey key : keys) {
      if (der.isPresent() && matches(key, der.get(), parts)) {
        return SignatureCheck.GENUINE;
      }
    }
    return SignatureCheck.unauthenticated("wrong signature");
  }

  private static boolean matches(PublicKey key, byte[] der, byte[]... parts) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      for (byte[] part : parts) {
        verifier.update(part);
      }
      return verifier.verify(der);
    } catch (SignatureException e) {
      return false; // Not even of the form of a signature.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }

  private static Optional<PublicKey> parse(String text) {
    Optional<byte[]> der = SignatureEncoding.BASE64.decode(text.strip());
    if (der.isEmpty()) {
      return Optional.empty();
    }
    try {
      PublicKey key =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der.get()));
      boolean onCurve =
          key instanceof ECPublicKey ec && ec.getParams().toString().startsWith(CURVE);
      return onCurve ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}

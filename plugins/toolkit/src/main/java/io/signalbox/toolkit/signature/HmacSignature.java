package io.signalbox.toolkit.signature;

import io.signalbox.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A keyed hash over bytes that the caller puts together, compared in constant time. */
public final class HmacSignature {
  private final HmacKeys keys;
  private final SignatureEncoding encoding;

  /**
   * Makes a verifier.
   *
   * @param algorithm the keyed hash
   * @param encoding how signatures are written
   * @param secrets used as UTF-8 text; a signature under any of them is good, the first one signs
   * @throws IllegalArgumentException if there is no secret, or an empty one
   */
  public HmacSignature(HmacAlgorithm algorithm, SignatureEncoding encoding, List<Secret> secrets) {
    this.keys =
        new HmacKeys(
            algorithm,
            secrets.stream()
                .map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8))
                .toList());
    this.encoding = encoding;
  }

  /**
   * {@return the signature of the parts, one after the other, under the first secret}
   *
   * @param parts what was signed, one after the other
   */
  public String sign(byte[]... parts) {
    return encoding.encode(keys.sign(parts));
  }

  /**
   * {@return whether the text is the signature of the parts under one of the secrets}
   *
   * @param signature as the sender presented it; null if it did not
   * @param parts what was signed, one after the other
   */
  public boolean matches(@Nullable String signature, byte[]... parts) {
    Optional<byte[]> code = encoding.decode(signature);
    return code.isPresent() && keys.match(code.get(), parts);
  }

  /**
   * As {@link #matches}, with the reason of a refusal.
   *
   * @param signature as the sender presented it; null if it did not
   * @param parts what was signed, one after the other
   * @return genuine, or why not
   */
  public SignatureCheck verify(@Nullable String signature, byte[]... parts) {
    if (signature == null) {
      return SignatureCheck.unauthenticated("no signature");
    }
    return matches(signature, parts)
        ? SignatureCheck.GENUINE
        : SignatureCheck.unauthenticated("wrong signature");
  }
}

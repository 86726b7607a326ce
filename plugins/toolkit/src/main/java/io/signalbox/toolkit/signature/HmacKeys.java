package io.signalbox.toolkit.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that are good at the moment: usually one, two while a secret is being rotated. */
final class HmacKeys {
  private final List<SecretKeySpec> keys;

  /**
   * Takes over raw keys.
   *
   * @throws IllegalArgumentException if there is none, or one is empty
   */
  HmacKeys(HmacAlgorithm algorithm, List<byte[]> rawKeys) {
    if (rawKeys.isEmpty()) {
      throw new IllegalArgumentException("a signature needs at least one key");
    }
    this.keys =
        rawKeys.stream().map(key -> new SecretKeySpec(key, algorithm.standardName())).toList();
  }

  /** The code of the parts, one after the other, under the first key. */
  byte[] sign(byte[]... parts) {
    return sign(keys.get(0), parts);
  }

  /** Whether any key gives this code. Tries all keys, so that time tells nothing of which. */
  boolean match(byte[] code, byte[]... parts) {
    boolean matched = false;
    for (SecretKeySpec key : keys) {
      matched |= MessageDigest.isEqual(sign(key, parts), code);
    }
    return matched;
  }

  private static byte[] sign(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      // The algorithms are among those that every JDK has, and any byte string is a key for them.
      throw new IllegalStateException("this JDK lacks " + key.getAlgorithm(), e);
    }
  }
}

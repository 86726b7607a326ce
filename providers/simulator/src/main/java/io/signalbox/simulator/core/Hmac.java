package io.signalbox.simulator.core;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash, ready for use again and again on one thread. */
public final class Hmac {
  private final Mac mac;

  /**
   * A hash with this key.
   *
   * @param algorithm its Java name, such as {@code HmacSHA256}
   */
  public Hmac(String algorithm, byte[] key) {
    try {
      mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }

  /** The hash of these bytes. */
  public byte[] of(byte[] bytes) {
    return mac.doFinal(bytes);
  }
}

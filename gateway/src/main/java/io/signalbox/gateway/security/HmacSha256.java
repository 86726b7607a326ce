package io.signalbox.gateway.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) with one key, over the JDK's SHA-256. The JDK's own {@code Mac} asks all
 * its providers and reads its policy files before the first use, which takes as long as the rest of
 * the start of a command that signs one token. For signing only: there is nothing to compare.
 * Thread-safe.
 */
final class HmacSha256 {
  private static final int BLOCK_BYTES = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] inner;
  private final byte[] outer;

  /** With a key of any length. */
  HmacSha256(byte[] key) {
    byte[] block =
        Arrays.copyOf(key.length > BLOCK_BYTES ? sha256().digest(key) : key, BLOCK_BYTES);
    this.inner = padded(block, INNER);
    this.outer = padded(block, OUTER);
    Arrays.fill(block, (byte) 0);
  }

  /** The code of a message. */
  byte[] of(byte[] message) {
    MessageDigest digest = sha256();
    digest.update(inner);
    byte[] first = digest.digest(message);
    digest.update(outer);
    return digest.digest(first);
  }

  private static byte[] padded(byte[] block, byte pad) {
    byte[] padded = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    return padded;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

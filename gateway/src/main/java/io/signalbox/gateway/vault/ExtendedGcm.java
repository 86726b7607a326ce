package io.signalbox.gateway.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in GCM under a key that is made for each value: XAES-256-GCM of C2SP
 * (c2sp.org/XAES-256-GCM). The first half of a random nonce of 192 bits makes the key, by the KDF
 * of NIST SP 800-108r1, section 4.1, in counter mode with CMAC (SP 800-38B); the second half is the
 * nonce under that key.
 *
 * <p>So the bound of 2^32 values under a key with random nonces of 96 bits (SP 800-38D, section
 * 8.3) holds for each of these keys, of which there are 2^96, and nobody has to count: after 2^80
 * values a nonce has come twice with a chance of 2^-32. Pure.
 */
final class ExtendedGcm {
  /** How long nonces are. */
  static final int NONCE_BYTES = 24;

  private static final int TAG_BITS = 128;
  private static final int BLOCK_BYTES = 16;
  private static final int HALF = NONCE_BYTES / 2;

  /** What is added where a shift of CMAC's subkey has carried (SP 800-38B, section 5.3). */
  private static final int CARRY = 0x87;

  private static final byte LABEL = 'X';

  private ExtendedGcm() {}

  /**
   * Encrypts.
   *
   * @param key of 256 bits
   * @param nonce random, of {@link #NONCE_BYTES}
   * @param about authenticated with it
   * @return the ciphertext with its tag
   */
  static byte[] seal(SecretKeySpec key, byte[] nonce, byte[] about, byte[] plain)
      throws GeneralSecurityException {
    return cipher(Cipher.ENCRYPT_MODE, key, nonce, about).doFinal(plain);
  }

  /**
   * Decrypts.
   *
   * @throws GeneralSecurityException if any of it is not what it was sealed with
   */
  static byte[] open(SecretKeySpec key, byte[] nonce, byte[] about, byte[] ciphertext)
      throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, key, nonce, about).doFinal(ciphertext);
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] about)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(derived(key, nonce), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce, HALF, HALF));
    cipher.updateAAD(about);
    return cipher;
  }

  /** The key of a nonce. */
  static byte[] derived(SecretKeySpec key, byte[] nonce) throws GeneralSecurityException {
    // Each message of the KDF is one block, of which CMAC is one encryption.
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, key);
    byte[] mask = doubled(aes.doFinal(new byte[BLOCK_BYTES]));
    byte[] messages =
        ByteBuffer.allocate(2 * BLOCK_BYTES)
            .put(new byte[] {0, 1, LABEL, 0})
            .put(nonce, 0, HALF)
            .put(new byte[] {0, 2, LABEL, 0})
            .put(nonce, 0, HALF)
            .array();
    for (int i = 0; i < messages.length; i++) {
      messages[i] ^= mask[i % BLOCK_BYTES];
    }
    return aes.doFinal(messages);
  }

  /** CMAC's first subkey, of the encryption of zeroes (SP 800-38B, section 6.1). */
  private static byte[] doubled(byte[] block) {
    byte[] twice = Arrays.copyOf(block, block.length);
    int carry = 0;
    for (int i = twice.length - 1; i >= 0; i--) {
      int shifted = ((block[i] & 0xff) << 1) | carry;
      twice[i] = (byte) shifted;
      carry = shifted >>> Byte.SIZE;
    }
    twice[twice.length - 1] ^= (byte) (carry * CARRY);
    return twice;
  }
}

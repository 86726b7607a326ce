package io.signalbox.gateway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * How something sealed is written: {@code 01 'S' 'B' 01}, the length of the key's id, the id, a
 * nonce of 24 bytes, then the ciphertext with its tag. What is stored as it is and happens to begin
 * with {@code 01 'S' 'B'} is written behind {@code 01 'S' 'B' 00}, so that the two are told apart.
 *
 * @param key id of the key
 * @param nonce 24 bytes
 * @param ciphertext with its tag
 */
// Arrays are compared nowhere: the record only carries them.
@SuppressWarnings("ArrayRecordComponent")
public record SealedForm(String key, byte[] nonce, byte[] ciphertext) {
  /** What sealed texts begin with; base64 of the bytes follows. */
  static final String TEXT = "sealed:";

  /** How long nonces are. */
  private static final int NONCE_BYTES = 24;

  private static final int TAG_BYTES = 16;
  private static final byte[] MARK = {1, 'S', 'B'};
  private static final byte PLAIN = 0;
  private static final byte SEALED = 1;
  private static final int HEAD = MARK.length + 1;

  /** The bytes that are stored. */
  public byte[] bytes() {
    byte[] id = key.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEAD + 1 + id.length + nonce.length + ciphertext.length)
        .put(MARK)
        .put(SEALED)
        .put((byte) id.length)
        .put(id)
        .put(nonce)
        .put(ciphertext)
        .array();
  }

  /** Whether something that is stored was sealed. */
  public static boolean isSealed(byte[] stored) {
    return isMarked(stored) && stored[MARK.length] == SEALED;
  }

  /**
   * Takes it apart.
   *
   * @throws SealedException if it is cut off
   */
  public static SealedForm read(byte[] stored) {
    int idEnd = stored.length > HEAD ? HEAD + 1 + stored[HEAD] : Integer.MAX_VALUE;
    if (idEnd <= HEAD || (long) idEnd + NONCE_BYTES + TAG_BYTES > stored.length) {
      throw new SealedException("what is stored is cut off");
    }
    return new SealedForm(
        new String(stored, HEAD + 1, idEnd - HEAD - 1, StandardCharsets.US_ASCII),
        Arrays.copyOfRange(stored, idEnd, idEnd + NONCE_BYTES),
        Arrays.copyOfRange(stored, idEnd + NONCE_BYTES, stored.length));
  }

  /** What is stored of something that is not sealed. */
  public static byte[] plain(byte[] content) {
    return isMarked(content) ? escaped(content) : content;
  }

  /** As above, always with the mark. */
  static byte[] escaped(byte[] content) {
    return ByteBuffer.allocate(HEAD + content.length).put(MARK).put(PLAIN).put(content).array();
  }

  /**
   * The content of something that is stored and was not sealed.
   *
   * @throws SealedException if it was
   */
  public static byte[] unsealed(byte[] stored) {
    if (isSealed(stored)) {
      throw new SealedException("its key " + read(stored).key() + " is not among the keys");
    }
    return isMarked(stored) ? Arrays.copyOfRange(stored, HEAD, stored.length) : stored;
  }

  /**
   * The id of the key that has sealed something which is stored; empty if none has.
   *
   * @param stored bytes or a text
   */
  public static String keyOf(Object stored) {
    try {
      byte[] bytes = stored instanceof byte[] raw ? raw : bytes((String) stored);
      return isSealed(bytes) ? read(bytes).key() : "";
    } catch (SealedException e) {
      return "";
    }
  }

  /** The bytes of a sealed text. */
  static byte[] bytes(String text) {
    if (!text.startsWith(TEXT)) {
      throw new SealedException("what is stored is not sealed");
    }
    try {
      return Base64.getDecoder().decode(text.substring(TEXT.length()));
    } catch (IllegalArgumentException e) {
      throw new SealedException("what is stored is no base64");
    }
  }

  private static boolean isMarked(byte[] bytes) {
    return bytes.length >= HEAD
        && bytes[0] == MARK[0]
        && bytes[1] == MARK[1]
        && bytes[2] == MARK[2]
        && (bytes[MARK.length] == PLAIN || bytes[MARK.length] == SEALED);
  }
}

package io.signalbox.simulator.core;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random identifiers in the shapes that providers use. As safe for threads as its generator. */
public final class Ids {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final char[] ALNUM =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();
  private static final char[] URL_SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
  private static final char[] DIGITS = "0123456789".toCharArray();

  private final RandomGenerator random;

  /** Takes its randomness from the given source. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** Lower-case hexadecimal digits. */
  public String hex(int length) {
    return pick(HEX, length);
  }

  /** Letters and digits. */
  public String alphanumeric(int length) {
    return pick(ALNUM, length);
  }

  /** Letters, digits, minus and underscore. */
  public String urlSafe(int length) {
    return pick(URL_SAFE, length);
  }

  /** Decimal digits. */
  public String digits(int length) {
    return pick(DIGITS, length);
  }

  /** Bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A random UUID (version 4). */
  public String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /** True for the given share of calls. */
  public boolean happens(double share) {
    return share >= 1 || (share > 0 && random.nextDouble() < share);
  }

  private String pick(char[] alphabet, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return new String(text);
  }
}

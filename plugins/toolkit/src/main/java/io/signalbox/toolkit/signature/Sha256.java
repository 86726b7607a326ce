package io.signalbox.toolkit.signature;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash SHA-256 (FIPS 180-4). */
public final class Sha256 {
  private Sha256() {}

  /**
   * {@return the hash of a body: 32 bytes}
   *
   * @param body to hash
   */
  public static byte[] of(Buffer body) {
    return of(body.getBytes());
  }

  /**
   * {@return the hash of bytes: 32 bytes}
   *
   * @param bytes to hash
   */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * {@return the hash of bytes: 64 lower-case hexadecimal digits}
   *
   * @param bytes to hash
   */
  public static String hex(byte[] bytes) {
    return SignatureEncoding.HEX.encode(of(bytes));
  }

  /**
   * {@return the hash of a text in UTF-8: 64 lower-case hexadecimal digits}
   *
   * @param text hashed as UTF-8
   */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }
}

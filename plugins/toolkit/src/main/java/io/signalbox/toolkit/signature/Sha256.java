package io.signalbox.toolkit.signature;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash SHA-256 (FIPS 180-4). */
public final class Sha256 {
  private Sha256() {}

  /** Of a body: 32 bytes. */
  public static byte[] of(Buffer body) {
    return of(body.getBytes());
  }

  /** Of bytes: 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of bytes: 64 lower-case hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return SignatureEncoding.HEX.encode(of(bytes));
  }

  /** Of a text in UTF-8: 64 lower-case hexadecimal digits. */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }
}

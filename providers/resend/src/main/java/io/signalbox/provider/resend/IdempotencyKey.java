package io.signalbox.provider.resend;

import io.signalbox.spi.DeliveryRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Values of {@code Idempotency-Key}: 1 to 256 characters, and such as a header can carry. */
final class IdempotencyKey {
  private static final Pattern FITS = Pattern.compile("[\\x21-\\x7E]{1,256}");

  private IdempotencyKey() {}

  /** The notification's key where it fits, its SHA-256 in hex where it does not. */
  static String of(DeliveryRequest request) {
    String key = request.idempotencyKey();
    if (FITS.matcher(key).matches()) {
      return key;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

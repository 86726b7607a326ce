package io.signalbox.provider.resend;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.toolkit.signature.Sha256;
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
    return Sha256.hex(key);
  }
}

package io.signalbox.gateway.compat;

import io.signalbox.gateway.model.NotificationId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Notification ids in the forms that providers give theirs, and back. Pure functions. */
public final class DialectIds {
  private static final int HEX_DIGITS = 32;

  /** 2026-01-01T00:00:00Z: no gateway of this kind had accepted anything before. */
  private static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final long FIRST_KEY = NotificationId.firstKey(EPOCH_MILLIS);
  private static final long LARGEST_NUMBER = (1L << 53) - 1;

  private DialectIds() {}

  /** 32 hexadecimal digits, such as the part of Twilio's ids after {@code SM}. */
  public static String hex(NotificationId id) {
    return id.toString().replace("-", "");
  }

  /** Reads 32 hexadecimal digits. */
  public static Optional<NotificationId> ofHex(String text) {
    return text.length() != HEX_DIGITS
        ? Optional.empty()
        : NotificationId.parse(
            String.join(
                "-",
                text.substring(0, 8),
                text.substring(8, 12),
                text.substring(12, 16),
                text.substring(16, 20),
                text.substring(20)));
  }

  /** 22 letters, digits, {@code -} and {@code _}, such as SendGrid's. */
  public static String base64(NotificationId id) {
    UUID uuid = id.toUuid();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Reads the form of {@link #base64}. */
  public static Optional<NotificationId> ofBase64(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != 16) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return NotificationId.parse(new UUID(buffer.getLong(), buffer.getLong()).toString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A number that grows with time and that every JSON parser reads exactly, such as Telegram's: the
   * {@link NotificationId#key()} counted from 2026, below 2 to the 53rd until 2095. It tells one
   * notification from all others of a ledger.
   */
  public static long number(NotificationId id) {
    return Math.max(1, Math.min(LARGEST_NUMBER, id.key() - FIRST_KEY));
  }

  /** The {@link NotificationId#key()} that a number stands for; empty if it stands for none. */
  public static OptionalLong keyOf(long number) {
    return number < 1 || number > LARGEST_NUMBER
        ? OptionalLong.empty()
        : OptionalLong.of(number + FIRST_KEY);
  }
}

package io.signalbox.gateway.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encrypts what is personal before it is stored. Thread-safe; does not block.
 *
 * <p>What is sealed is bound to what it is about: {@code notification:shop:17} cannot be opened as
 * anything else. What was stored before there were keys is opened as it is.
 */
public interface Seal {
  /** Stores everything as it is, and opens nothing that was sealed. */
  Seal NONE =
      new Seal() {
        @Override
        public byte[] seal(byte[] plain, String about) {
          return SealedForm.plain(plain);
        }

        @Override
        public byte[] open(byte[] stored, String about) {
          return SealedForm.unsealed(stored);
        }

        @Override
        public boolean isCurrent(byte[] stored) {
          return !SealedForm.isSealed(stored);
        }

        @Override
        public String key() {
          return "";
        }

        @Override
        public boolean hasKeys() {
          return false;
        }

        @Override
        public Known known(String key) {
          return Known.MISSING;
        }
      };

  /** What is known of a key. */
  enum Known {
    /** It opens what it has sealed. */
    THERE,
    /** It is gone for ever, and somebody has said so. */
    LOST,
    /** Nobody knows of it. */
    MISSING
  }

  /**
   * What is stored in place of a content.
   *
   * @param about what it belongs to; not stored
   */
  byte[] seal(byte[] plain, String about);

  /**
   * The content of what is stored.
   *
   * @throws SealedException if its key is not there, or it is not about that, or was changed
   */
  byte[] open(byte[] stored, String about);

  /** Whether something is stored as it would be now. */
  boolean isCurrent(byte[] stored);

  /** The id of the key that seals; empty if there is none. */
  String key();

  /** Whether there are keys at all, of which none may seal. */
  boolean hasKeys();

  /** What is known of the key of an id. */
  Known known(String key);

  /** Whether something that is stored waits for a key that nobody knows of, and may come back. */
  default boolean isMissingKeyOf(Object stored) {
    String key = SealedForm.keyOf(stored);
    return !key.isEmpty() && known(key) == Known.MISSING;
  }

  /** Whether a key seals. */
  default boolean seals() {
    return !key().isEmpty();
  }

  /** As {@link #seal}, of a text and as one. */
  default String sealText(String plain, String about) {
    if (!seals() && !plain.startsWith(SealedForm.TEXT)) {
      return plain;
    }
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    byte[] stored = seals() ? seal(bytes, about) : SealedForm.escaped(bytes);
    return SealedForm.TEXT + Base64.getEncoder().encodeToString(stored);
  }

  /** As {@link #open}, of a text. */
  default String openText(String stored, String about) {
    return stored.startsWith(SealedForm.TEXT)
        ? new String(open(SealedForm.bytes(stored), about), StandardCharsets.UTF_8)
        : stored;
  }

  /** As {@link #isCurrent}, of a text. */
  default boolean isCurrentText(String stored) {
    return stored.startsWith(SealedForm.TEXT) ? isCurrent(SealedForm.bytes(stored)) : !seals();
  }
}

package io.signalbox.gateway.model;

import java.util.Optional;
import java.util.UUID;

/**
 * The id of a notification: a UUIDv7 (RFC 9562), whose first 60 free bits are milliseconds and a
 * counter, so that ids grow with time.
 *
 * <p>Those 60 bits are also the {@link #key()} under which a ledger stores the notification: rows
 * append at the end of the table, and no second index is needed to find one.
 *
 * @param key milliseconds since 1970 times 4096 plus a counter, which on a shared ledger holds the
 *     number of the node that made it; unique in one ledger
 * @param random 62 random bits
 */
public record NotificationId(long key, long random) implements Comparable<NotificationId> {
  static final int COUNTER_BITS = 12;
  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
  private static final long RANDOM_MASK = (1L << 62) - 1;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 1L << 63;

  /** Checks the ranges. */
  public NotificationId {
    if (key < 0 || key >= 1L << 60) {
      throw new IllegalArgumentException("a key has 60 bits, was " + key);
    }
    if (random < 0 || random > RANDOM_MASK) {
      throw new IllegalArgumentException("the random part has 62 bits");
    }
  }

  /** The smallest key of notifications that are accepted at a time or later. */
  public static long firstKey(long acceptedAtMillis) {
    return Math.max(0, acceptedAtMillis) << COUNTER_BITS;
  }

  /** Reads the text form; empty if it is not a UUIDv7. */
  public static Optional<NotificationId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.version() != 7 || uuid.variant() != 2 || !uuid.toString().equalsIgnoreCase(text)) {
        return Optional.empty();
      }
      return Optional.of(of(uuid));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static NotificationId of(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long key = (high >>> 16 << COUNTER_BITS) | (high & COUNTER_MASK);
    return new NotificationId(key, uuid.getLeastSignificantBits() & RANDOM_MASK);
  }

  /** When the id was made, in milliseconds since 1970. */
  public long timestampMillis() {
    return key >>> COUNTER_BITS;
  }

  /** The id as a UUID. */
  public UUID toUuid() {
    long high = (key >>> COUNTER_BITS << 16) | VERSION_7 | (key & COUNTER_MASK);
    return new UUID(high, VARIANT | random);
  }

  @Override
  public int compareTo(NotificationId other) {
    int byKey = Long.compare(key, other.key);
    return byKey != 0 ? byKey : Long.compare(random, other.random);
  }

  /**
   * Of the random part: keys of neighbouring milliseconds differ in few bits, which put them into
   * the same places of a table.
   */
  @Override
  public int hashCode() {
    return Long.hashCode(random);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NotificationId id && id.key == key && id.random == random;
  }

  /** The text form, such as {@code 01890a5d-ac96-774b-bcce-b302099a8057}. */
  @Override
  public String toString() {
    return toUuid().toString();
  }
}
